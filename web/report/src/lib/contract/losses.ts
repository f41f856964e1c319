// SPDX-License-Identifier: Apache-2.0
// Typed rows of the tables about losses. Reading and choosing only: nothing is computed here
// that the engine did not already compute.
import { TableReader } from './tables';
import type { ResultTable } from './types';

export type Measure = 'output' | 'value_added' | 'final_use';

export const MEASURES: readonly Measure[] = ['output', 'value_added', 'final_use'];

export const MEASURE_NAMES: Record<Measure, string> = {
  output: 'Output',
  value_added: 'Value added',
  final_use: 'Final use',
};

export interface RegionLoss {
  region: string;
  /** Percent of the baseline; positive is a loss, negative a gain. */
  percent: Record<Measure, number | null>;
  money: Record<Measure, number | null>;
  recoveryDay: number | null;
}

export interface Range {
  central: number | null;
  low: number | null;
  high: number | null;
  lowVariant: string;
  highVariant: string;
}

export interface Path {
  region: string;
  days: number[];
  relative: Record<Measure, (number | null)[]>;
}

export function readLosses(table: ResultTable | null): RegionLoss[] {
  if (table === null) return [];
  const reader = new TableReader(table);
  return reader.rows().map((row) => {
    const read = (suffix: string) => ({
      output: reader.number(`output_${suffix}`, row),
      value_added: reader.number(`value_added_${suffix}`, row),
      final_use: reader.number(`final_use_${suffix}`, row),
    });
    return {
      region: reader.text('region', row),
      percent: read('loss_pct'),
      money: read('loss'),
      recoveryDay: reader.number('recovery_day', row),
    };
  });
}

/** Ranges by region for one measure. */
export function readRanges(table: ResultTable | null, measure: Measure): Map<string, Range> {
  const ranges = new Map<string, Range>();
  if (table === null) return ranges;
  const reader = new TableReader(table);
  for (const row of reader.rows((r) => reader.text('measure', r) === `${measure}_loss_pct`))
    ranges.set(reader.text('region', row), {
      central: reader.number('central', row),
      low: reader.number('low', row),
      high: reader.number('high', row),
      lowVariant: reader.text('low_variant', row),
      highVariant: reader.text('high_variant', row),
    });
  return ranges;
}

export function readPaths(table: ResultTable | null): Path[] {
  if (table === null) return [];
  const reader = new TableReader(table);
  const paths = new Map<string, Path>();
  for (const row of reader.rows()) {
    const region = reader.text('region', row);
    const day = reader.number('day', row);
    if (day === null) continue;
    let path = paths.get(region);
    if (path === undefined) {
      path = { region, days: [], relative: { output: [], value_added: [], final_use: [] } };
      paths.set(region, path);
    }
    path.days.push(day);
    for (const measure of MEASURES)
      path.relative[measure].push(reader.number(`${measure}_relative`, row));
  }
  return [...paths.values()];
}

/** Largest first; undefined values last, ties in the order of the table. */
export function largestFirst<T>(items: readonly T[], value: (item: T) => number | null): T[] {
  return [...items].sort((a, b) => {
    const x = value(a);
    const y = value(b);
    if (x === null || y === null) return x === y ? 0 : x === null ? 1 : -1;
    return y - x;
  });
}

/** The regions whose lines are shown first: those with the largest loss, or the deepest trough. */
export function mostAffected(
  paths: readonly Path[],
  losses: readonly RegionLoss[],
  measure: Measure,
  count: number,
): string[] {
  const loss = new Map(losses.map((row) => [row.region, row.percent[measure]]));
  const depth = (path: Path): number | null => {
    const known = loss.get(path.region);
    if (known !== undefined && known !== null) return known;
    const values = path.relative[measure].filter((v): v is number => v !== null);
    return values.length === 0 ? null : 100 * (1 - values.reduce((a, b) => Math.min(a, b)));
  };
  return largestFirst(paths, depth)
    .slice(0, count)
    .map((path) => path.region);
}
