// SPDX-License-Identifier: Apache-2.0
// Gates of a technology by year: which tools hold quality back, and how high it could reach.
import { readerOf, type AutonomyTables } from './autonomy';
import type { ResultTable } from './types';

export interface Gates {
  years: number[];
  /** Tools that bind in the year; empty if none does. */
  gate: string[];
  /** Shares of the frontier. */
  ceiling: (number | null)[];
  quality: (number | null)[];
  table: ResultTable;
}

/** Of a table of its own, or of columns of the curve; null where nothing says so. */
export function readGates(tables: AutonomyTables): Gates | null {
  for (const name of ['gates', 'autonomy']) {
    const reader = readerOf(tables, name);
    if (reader === null || !reader.has('gate')) continue;
    const path = reader.has('path') ? reader.distinct('path') : [];
    const kept = path.includes('programme') ? 'programme' : (path[0] ?? '');
    const rows = reader.rows((row) => !reader.has('path') || reader.text('path', row) === kept);
    const gate = rows.map((row) => reader.text('gate', row));
    const ceiling = rows.map((row) => reader.number('ceiling', row));
    // Without a ladder of tools nothing binds, and the ceiling is the frontier all along.
    if (gate.every((each) => each === '') && ceiling.every((each) => each === null || each === 1)) return null;
    const quality = (row: number) =>
      reader.number('quality_relative', row) ?? reader.number('quality_relative_p50', row) ?? reader.number('quality', row);
    return {
      years: rows.map((row) => reader.number('year', row) ?? 0),
      gate,
      ceiling,
      quality: rows.map(quality),
      table: reader.table,
    };
  }
  return null;
}

/** Years in a row with the same gate. */
export function gateSpans({ years, gate }: Pick<Gates, 'years' | 'gate'>): { gate: string; from: number; to: number }[] {
  const spans: { gate: string; from: number; to: number }[] = [];
  gate.forEach((each, i) => {
    const year = years[i] ?? 0;
    const last = spans.at(-1);
    if (last?.gate === each) last.to = year;
    else spans.push({ gate: each, from: year, to: year });
  });
  return spans;
}

export function gateWords(gates: Gates): string {
  const bound = gateSpans(gates).filter(({ gate }) => gate !== '');
  if (bound.length === 0) return 'No gate binds: the tools at hand allow all quality that is reached.';
  const words = bound.map(({ gate, from, to }) => `${gate} (${from === to ? from : `${from} to ${to}`})`);
  const last = bound.at(-1);
  const free = last !== undefined && last.to < (gates.years.at(-1) ?? 0) ? ' No gate binds after that.' : '';
  return `Quality is held back by ${words.join(', then ')}.${free}`;
}
