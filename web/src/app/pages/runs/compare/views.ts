// SPDX-License-Identifier: Apache-2.0
// What runs say, in the forms that their own pages know. A document is read once for each variant.
import { readResults } from '../../../../lib/contract/parse';
import type { Results } from '../../../../lib/contract/types';
import { dailyScenarios, ofStudy } from '../../disruption/of-study';
import type { DisruptionView } from '../../disruption/types';
import { readDisruption } from '../../disruption/view';
import { readEquilibrium, settledScenarios, type EquilibriumView } from '../../equilibrium/view';
import { regionMeasures, type RegionMeasure } from '../../../lib/run-results';
import { partsOf, type Loaded, type Part } from './entries';

const known = new WeakMap<object, Map<string, unknown>>();

function once<T>(document: unknown, key: string, read: () => T): T {
  if (typeof document !== 'object' || document === null) return read();
  const found = known.get(document) ?? new Map<string, unknown>();
  known.set(document, found);
  if (!found.has(key)) found.set(key, read());
  return found.get(key) as T;
}

/** Results of a study; null for the answers of other questions. */
export function resultsOf(document: unknown): Results | null {
  return once(document, 'results', () => {
    const schema = (document as { schema?: { name?: string } } | null)?.schema;
    if (schema?.name !== 'linchpin.results') return null;
    const parsed = readResults(document as never);
    return parsed.ok ? parsed.results : null;
  });
}

/** Read when it is drawn: a study may hold more scenarios than are compared. */
export type Later<T> = () => T | null;

export function dailyParts(entries: readonly Loaded[]): Part<Later<DisruptionView>>[] {
  return partsOf(entries, ({ document }) => {
    const results = resultsOf(document);
    if (results !== null)
      return dailyScenarios(results).map((variant) => ({
        variant,
        data: () => once(document, `daily ${variant}`, () => ofStudy(results, variant)),
      }));
    const view = once(document, 'daily', () => readDisruption(document));
    return view === null ? [] : [{ variant: '', data: () => view }];
  });
}

export function settledParts(entries: readonly Loaded[]): Part<Later<EquilibriumView>>[] {
  return partsOf(entries, ({ document }) => {
    const results = resultsOf(document);
    if (results !== null)
      return settledScenarios(results).map((variant) => ({
        variant,
        data: () => once(document, `settled ${variant}`, () => readEquilibrium(document, variant)),
      }));
    const view = once(document, 'settled', () => readEquilibrium(document));
    return view === null ? [] : [{ variant: '', data: () => view }];
  });
}

/** The parts that are drawn, read. */
export function readParts<T>(parts: readonly Part<Later<T>>[]): Part<T>[] {
  return parts.flatMap((part) => {
    const data = part.data();
    return data === null ? [] : [{ ...part, data }];
  });
}

/** What regions lose: a run with several scenarios takes part once for each. */
export function lossParts(entries: readonly Loaded[]): Part<RegionMeasure[]>[] {
  return partsOf(entries, ({ document }) => {
    const measures = once(document, 'losses', () => regionMeasures(document));
    return [...new Set(measures.map(({ scenario }) => scenario))].map((variant) => ({
      variant,
      data: measures.filter(({ scenario }) => scenario === variant),
    }));
  });
}
