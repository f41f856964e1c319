// SPDX-License-Identifier: Apache-2.0
// Key numbers of several runs as a table: a row for each run, then the differences to the first.
import type { Cell, ColumnType, ResultTable } from '../../../../lib/contract/types';
import { makeTable } from '../../../lib/tables';
import type { Part } from './entries';

export interface KeyNumber<T> {
  name: string;
  title: string;
  unit?: string;
  type?: ColumnType;
  description?: string;
  of: (data: T, part: Part<T>) => Cell;
}

interface Row {
  name: string;
  cells: Cell[];
}

/** Numbers that no run has are left out; null if nothing is left. */
export function keyNumbers<T>(
  parts: readonly Part<T>[],
  numbers: readonly KeyNumber<T>[],
): ResultTable | null {
  const all = numbers
    .map((number) => ({ number, cells: parts.map((part) => number.of(part.data, part)) }))
    .filter(({ cells }) => cells.some((cell) => cell !== null && cell !== ''));
  if (all.length === 0) return null;
  const first = parts[0];
  const rows: Row[] = parts.map((part, p) => ({
    name: part.name,
    cells: all.map(({ cells }) => cells[p] ?? null),
  }));
  const differences = parts.slice(1).map((part, p): Row => ({
    name:
      parts.length === 2
        ? 'Difference: second less first'
        : `Difference: ${part.name} less ${first?.name ?? ''}`,
    cells: all.map(({ cells }) => {
      const [a, b] = [cells[0], cells[p + 1]];
      return typeof a === 'number' && typeof b === 'number' ? b - a : null;
    }),
  }));
  return makeTable<Row>(
    'key_numbers',
    'Key numbers of the runs',
    [
      { name: 'run', title: 'Run', type: 'text', of: (row) => row.name },
      ...all.map(({ number }, c) => ({
        name: number.name,
        title: number.title,
        ...(number.type === undefined ? {} : { type: number.type }),
        ...(number.unit === undefined ? {} : { unit: number.unit }),
        ...(number.description === undefined ? {} : { description: number.description }),
        of: (row: Row) => row.cells[c] ?? null,
      })),
    ],
    [...rows, ...differences],
    'Differences of percentages are percentage points.',
  );
}
