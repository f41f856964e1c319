// SPDX-License-Identifier: Apache-2.0
// What a run says about the days after a cut-off, in one form for both documents that hold it:
// linchpin.disrupt (one scenario) and linchpin.results (a study).
import { isRecord, text, type Json } from '../../../lib/contract/reading';
import { readResults } from '../../../lib/contract/parse';
import { ofDisrupt } from './of-disrupt';
import { ofStudy } from './of-study';
import type { DisruptionView, Measure } from './types';

/** Null for documents that say nothing about days. */
export function readDisruption(document: unknown, scenario = ''): DisruptionView | null {
  const root = document as Json;
  if (!isRecord(root)) return null;
  const name = text(root['schema'], 'name');
  if (name === 'linchpin.disrupt') return ofDisrupt(root);
  if (name !== 'linchpin.results') return null;
  const parsed = readResults(root);
  return parsed.ok ? ofStudy(parsed.results, scenario) : null;
}

/** Regions that have a line, the hardest hit first, the world at the end. */
export function regionsByLoss(view: DisruptionView, measure: Measure): string[] {
  const loss = new Map(view.regions.map((row) => [row.region, row.percent[measure] ?? -Infinity]));
  return [...(view.paths[measure]?.keys() ?? [])].sort((a, b) =>
    a === 'WORLD' ? 1 : b === 'WORLD' ? -1 : (loss.get(b) ?? -Infinity) - (loss.get(a) ?? -Infinity),
  );
}
