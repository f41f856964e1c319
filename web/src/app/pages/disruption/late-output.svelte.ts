// SPDX-License-Identifier: Apache-2.0
// Output by industry of a study, which comes after everything else of it is drawn.
import { untrack } from 'svelte';
import { INDUSTRY_TABLE, readIndustryDays, type Output } from '../../lib/industry-days';
import { settle } from '../../lib/settle';
import { toasts } from '../../lib/toasts.svelte';
import type { DisruptionView } from './types';

/** True where a document was read without the table of output by industry, and has it. */
export function leavesOutput(document: unknown): boolean {
  const left = (document as { left_out?: unknown } | null)?.left_out;
  return (
    Array.isArray(left) && left.some((each) => (each as { name?: unknown } | null)?.name === INDUSTRY_TABLE)
  );
}

export class LateOutput {
  output = $state.raw<Output | null>(null);
  reading = $state(false);

  /** To be called in an effect, and to be stopped with what it answers. */
  want(run: number, view: DisruptionView | null, document: unknown): (() => void) | undefined {
    untrack(() => {
      this.output = null;
      this.reading = false;
    });
    if (view === null || view.output.size > 0 || !leavesOutput(document)) return undefined;
    this.reading = true;
    const done = (output: Output | null) => {
      this.output = output;
      this.reading = false;
    };
    return settle(readIndustryDays({ run, scenario: view.scenario }), done, (error) => {
      done(null);
      toasts.error(error);
    });
  }
}
