// SPDX-License-Identifier: Apache-2.0
import type { Cell, ResultTable } from '../contract/types';

export interface SortState {
  column: number;
  descending: boolean;
}

function compare(a: Cell, b: Cell): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return String(a).localeCompare(String(b), 'en');
}

/** Row numbers in the order to show; undefined values always come last. */
export function order(table: ResultTable, sort: SortState | null): number[] {
  const rows = (table.data[0] ?? []).map((_, row) => row);
  const column = sort === null ? undefined : table.data[sort.column];
  if (sort === null || column === undefined) return rows;
  const sign = sort.descending ? -1 : 1;
  return rows.sort((x, y) => {
    const a = column[x] ?? null;
    const b = column[y] ?? null;
    if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
    return sign * compare(a, b);
  });
}
