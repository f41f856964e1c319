// SPDX-License-Identifier: Apache-2.0
// What the sections of a report need, handed down once by the page.
import { getContext, setContext } from 'svelte';
import { Names } from '../contract/names';
import type { Results } from '../contract/types';
import { vintage } from '../format/vintage';
import { provideData, type DataContext } from './data';

export interface ReportContext extends DataContext {
  results: Results;
}

const KEY = Symbol('report');

export function provideReport(results: Results): ReportContext {
  const context = provideData({
    results,
    names: new Names(results),
    vintage: vintage(results.origin.world),
    moneyUnit: results.origin.world.unit,
    estimated: results.origin.world.estimated,
  });
  return setContext(KEY, context);
}

export function useReport(): ReportContext {
  return getContext<ReportContext>(KEY);
}
