// SPDX-License-Identifier: Apache-2.0
// Paths over the simulated days, where a run holds them by region.
import { readResults } from '../../../lib/contract/parse';
import { readPaths, type Measure } from '../../../lib/contract/losses';
import { findTable, ofScenario, scenarios } from '../../../lib/contract/tables';

export interface RunPaths {
  name: string;
  /** Region, measure -> days and level relative to the baseline. */
  regions: string[];
  path: (region: string, measure: Measure) => { days: number[]; values: (number | null)[] } | null;
}

export function overTimeOf(run: number, title: string, document: unknown): RunPaths[] {
  const schema = (document as { schema?: { name?: string } }).schema;
  if (schema?.name !== 'linchpin.results') return [];
  const parsed = readResults(document as never);
  if (!parsed.ok) return [];
  const all = scenarios(parsed.results);
  return all.flatMap((scenario) => {
    const table = ofScenario(findTable(parsed.results, 'loss_over_time'), scenario);
    if (table === null || (table.data[0]?.length ?? 0) === 0) return [];
    const paths = readPaths(table);
    return [
      {
        name: all.length > 1 ? `${run}: ${title} (${scenario})` : `${run}: ${title}`,
        regions: paths.map(({ region }) => region),
        path: (region: string, measure: Measure) => {
          const found = paths.find((each) => each.region === region);
          return found === undefined ? null : { days: found.days, values: found.relative[measure] };
        },
      },
    ];
  });
}
