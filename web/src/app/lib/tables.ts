// SPDX-License-Identifier: Apache-2.0
// Rows of an answer -> a table as the report has them, for DataTable, CSV and charts.
import type { Cell, Column, ColumnType, ResultTable } from '../../lib/contract/types';

export interface ColumnSpec {
  name: string;
  title: string;
  /** `number` unless stated. */
  type?: ColumnType;
  /** "%" and "share of …" are shown in percent. */
  unit?: string;
  description?: string;
}

export function makeTable<Row extends object>(
  name: string,
  title: string,
  columns: readonly (ColumnSpec & { of?: (row: Row) => Cell })[],
  rows: readonly Row[],
  note = '',
): ResultTable {
  const cell = (row: Row, column: (typeof columns)[number]): Cell => {
    if (column.of !== undefined) return column.of(row);
    const value = (row as Record<string, unknown>)[column.name];
    return typeof value === 'string' || typeof value === 'number' ? value : null;
  };
  return {
    name,
    title,
    note,
    columns: columns.map(
      (column): Column => ({
        name: column.name,
        title: column.title,
        type: column.type ?? 'number',
        unit: column.unit ?? null,
        description: column.description ?? '',
      }),
    ),
    data: columns.map((column) => rows.map((row) => cell(row, column))),
  };
}
