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
  /** Over the runs in which no input runs short; null when there is none, or it is not stated. */
  lowSupplied: number | null;
  highSupplied: number | null;
  runs: number | null;
  runsSupplied: number | null;
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
      lowSupplied: reader.number('low_supplied', row),
      highSupplied: reader.number('high_supplied', row),
      runs: reader.number('runs', row),
      runsSupplied: reader.number('runs_supplied', row),
    });
  return ranges;
}

export interface Span {
  low: number;
  high: number;
  /** Runs left out because an input runs short in them, and how far they reach; else null. */
  beyond: { runs: number; of: number; low: number | null; high: number | null } | null;
}

/**
 * What a whisker covers: the runs in which no input runs short, where the results tell them apart
 * and some remain; else all runs. One threshold would otherwise stretch every whisker.
 */
export function spanOf(range: Range | undefined): Span | null {
  if (range === undefined || range.low === null || range.high === null) return null;
  const { low, high, lowSupplied, highSupplied, runs, runsSupplied } = range;
  const whole = { low, high, beyond: null };
  if (lowSupplied === null || highSupplied === null) return whole;
  if (runs === null || runsSupplied === null || runsSupplied >= runs) return whole;
  return {
    low: lowSupplied,
    high: highSupplied,
    beyond: {
      runs: runs - runsSupplied,
      of: runs,
      low: low < lowSupplied ? low : null,
      high: high > highSupplied ? high : null,
    },
  };
}

/** The one first, if it is there; the others as they are. */
export function putFirst<T>(items: readonly T[], isFirst: (item: T) => boolean): T[] {
  return [...items.filter(isFirst), ...items.filter((item) => !isFirst(item))];
}

/** Value added, as in the headlines; output where the results have no value added. */
export function usualMeasure(losses: readonly RegionLoss[], paths: readonly Path[] = []): Measure {
  const known =
    losses.some((row) => row.percent.value_added !== null) ||
    paths.some((path) => path.relative.value_added.some((value) => value !== null));
  return known ? 'value_added' : 'output';
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
