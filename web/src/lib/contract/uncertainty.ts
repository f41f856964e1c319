// SPDX-License-Identifier: Apache-2.0
// Typed rows of the tables about what is not known exactly. Reading only, as in losses.ts.
import type { Measure } from './losses';
import { TableReader } from './tables';
import type { ResultTable } from './types';

/** Shares of the baseline, day by day: 5 %, 50 % and 95 % of the draws are below. */
export interface Band {
  region: string;
  days: number[];
  low: (number | null)[];
  mid: (number | null)[];
  high: (number | null)[];
}

export function readBand(table: ResultTable | null, measure: Measure): Band | null {
  if (table === null) return null;
  const reader = new TableReader(table);
  const rows = reader.rows((row) => reader.text('series', row) === measure);
  if (rows.length === 0) return null;
  const column = (name: string) => rows.map((row) => reader.number(name, row));
  return {
    region: reader.text('region', rows[0]!),
    days: rows.map((row) => reader.number('day', row) ?? 0),
    low: column('p05'),
    mid: column('p50'),
    high: column('p95'),
  };
}

/** Losses of final use in percent; null where no bracket was computed. */
export interface Bracket {
  region: string;
  best: number | null;
  central: number | null;
  worst: number | null;
  worstBySeller: number | null;
  /** Why the daily model is outside, or why there is no bracket. */
  why: string;
}

export function readBracket(table: ResultTable | null): Bracket | null {
  if (table === null || (table.data[0]?.length ?? 0) === 0) return null;
  const reader = new TableReader(table);
  return {
    region: reader.text('region', 0),
    best: reader.number('best_pct', 0),
    central: reader.number('central_pct', 0),
    worst: reader.number('worst_pct', 0),
    worstBySeller: reader.number('worst_by_seller_pct', 0),
    why: reader.text('outside_bracket', 0),
  };
}

/** What moves the loss of final use: shares of variance of an ensemble, or swings without one. */
export interface Mover {
  parameter: string;
  meaning: string;
  /** Percent of the variance, or percentage points. */
  size: number | null;
  low: number | null;
  high: number | null;
  range: string;
}

export function readSensitivity(table: ResultTable | null): Mover[] {
  if (table === null) return [];
  const reader = new TableReader(table);
  const percent = (name: string, row: number) => {
    const value = reader.number(name, row);
    return value === null ? null : value * 100;
  };
  const largestFirst = (a: Mover, b: Mover) => (b.size ?? 0) - (a.size ?? 0);
  const read = (row: number): Mover => ({
    parameter: reader.text('parameter', row),
    meaning: reader.text('members', row),
    size: percent('total', row),
    low: percent('total_low', row),
    high: percent('total_high', row),
    range: '',
  });
  return reader.rows().map(read).sort(largestFirst);
}

export function readSwings(table: ResultTable | null): Mover[] {
  if (table === null) return [];
  const reader = new TableReader(table);
  return reader.rows().map((row) => ({
    parameter: reader.text('parameter', row),
    meaning: reader.text('meaning', row),
    size: reader.number('swing', row),
    low: reader.number('final_use_loss_pct_at_low', row),
    high: reader.number('final_use_loss_pct_at_high', row),
    range: `${reader.text('low', row)} to ${reader.text('high', row)}`,
  }));
}
