// SPDX-License-Identifier: Apache-2.0
// Frames of the map and cells of the heat map, made before anything moves.
import type { Names } from '../../../lib/contract/names';
import type { DisruptionView, Measure } from './types';

/** One map of region -> loss for every day; playing only picks one of them. */
export function mapFrames(view: DisruptionView, measure: Measure): Map<string, number | null>[] {
  const paths = [...(view.paths[measure] ?? [])].filter(([region]) => region !== 'WORLD');
  return view.days.map((_, day) => new Map(paths.map(([region, path]) => [region, path[day] ?? null])));
}

/** As many columns of a heat map as can be told apart. */
export const COLUMNS = 60;

/** Columns of a heat map: so many days each that there are at most `most`. */
export function buckets(days: readonly number[], most: number): { from: number; to: number; name: string }[] {
  const size = Math.max(1, Math.ceil(days.length / most));
  const found = [];
  for (let from = 0; from < days.length; from += size) {
    const to = Math.min(from + size, days.length);
    const first = days[from] ?? from;
    const last = days[to - 1] ?? to - 1;
    found.push({ from, to, name: first === last ? String(first) : `${first}–${last}` });
  }
  return found;
}

export function mean(values: readonly (number | null)[], from: number, to: number): number | null {
  let sum = 0;
  let count = 0;
  for (let i = from; i < to; i += 1) {
    const value = values[i];
    if (typeof value === 'number') {
      sum += value;
      count += 1;
    }
  }
  return count === 0 ? null : sum / count;
}

export interface HeatRows {
  sectors: string[];
  columns: string[];
  /** Loss of output in % of the baseline: sectors by columns. */
  values: (number | null)[][];
  /** Days per column. */
  size: number;
}

/** The industries of one region by sector; those that lose most first. */
export function sectorDays(view: DisruptionView, region: string, names: Names, most: number): HeatRows {
  const columns = buckets(view.days, most);
  const rows = [...view.output.keys()].flatMap((label) => {
    const industry = names.split(label);
    if (industry === null || industry.region !== region) return [];
    const relative = view.output.get(label) ?? [];
    const loss = relative.map((value) => (value === null ? null : 100 * (1 - value)));
    const values = columns.map(({ from, to }) => mean(loss, from, to));
    return [{ sector: industry.sector, values, total: mean(loss, 0, loss.length) ?? 0 }];
  });
  rows.sort((a, b) => b.total - a.total);
  return {
    sectors: rows.map(({ sector }) => sector),
    columns: columns.map(({ name }) => name),
    values: rows.map(({ values }) => values),
    size: (columns[0]?.to ?? 1) - (columns[0]?.from ?? 0),
  };
}
