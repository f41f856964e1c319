// SPDX-License-Identifier: Apache-2.0
// Where trade settles: welfare of regions, and its bands over the draws of what is uncertain.
import { TableReader } from './tables';
import type { ResultTable } from './types';

export interface Settled {
  region: string;
  /** Per cent of the base; null for an outlier, which is no result. */
  welfare: number | null;
  money: number | null;
  realWage: number | null;
  imports: number | null;
}

export interface Band {
  low: number | null;
  high: number | null;
}

export function readSettled(table: ResultTable | null): Settled[] {
  if (table === null) return [];
  const reader = new TableReader(table);
  return reader.rows().map((row) => ({
    region: reader.text('region', row),
    welfare: reader.number('welfare_exact_pct', row),
    money: reader.number('equivalent_variation', row),
    realWage: reader.number('real_wage_pct', row),
    imports: reader.number('imports_pct', row),
  }));
}

/** The 5 % and 95 % of exact welfare by region; empty without draws. */
export function readWelfareBands(table: ResultTable | null): Map<string, Band> {
  const bands = new Map<string, Band>();
  if (table === null) return bands;
  const reader = new TableReader(table);
  for (const row of reader.rows((r) => reader.text('measure', r) === 'welfare_exact_pct'))
    bands.set(reader.text('region', row), {
      low: reader.number('p05', row),
      high: reader.number('p95', row),
    });
  return bands;
}
