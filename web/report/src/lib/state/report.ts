// SPDX-License-Identifier: Apache-2.0
// What most components need, handed down once by the page.
import { getContext, setContext } from 'svelte';
import { Names } from '../contract/names';
import type { Results } from '../contract/types';
import { vintage } from '../format/vintage';

export interface ReportContext {
  results: Results;
  names: Names;
  /** Unit, price basis, year and source of the data; under every figure. */
  vintage: string;
  moneyUnit: string;
  estimated: boolean;
}

const KEY = Symbol('report');

export function provideReport(results: Results): ReportContext {
  return setContext(KEY, {
    results,
    names: new Names(results),
    vintage: vintage(results.origin.world),
    moneyUnit: results.origin.world.unit,
    estimated: results.origin.world.estimated,
  });
}

export function useReport(): ReportContext {
  return getContext<ReportContext>(KEY);
}
