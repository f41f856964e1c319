// SPDX-License-Identifier: Apache-2.0
// The lists of a linchpin.depend-measures document as tables, whatever they hold.
import type { Cell, ResultTable } from '../../../lib/contract/types';

const NO_TABLE = new Set(['schema', 'measures', 'origin', 'warnings']);

function title(name: string): string {
  const words = name.replace(/_/g, ' ').trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function cell(value: unknown): Cell {
  if (typeof value === 'string' || typeof value === 'number') return value;
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return null;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** One table per list of rows; names become titles. Reasons for gaps are left to the null shown. */
export function measureTables(document: unknown): ResultTable[] {
  if (!isRecord(document)) return [];
  return Object.entries(document).flatMap(([name, list]) => {
    if (NO_TABLE.has(name) || !Array.isArray(list)) return [];
    const rows = list.filter(isRecord);
    const names = [...new Set(rows.flatMap((row) => Object.keys(row)))].filter(
      (column) => !column.endsWith('_reason'),
    );
    if (names.length === 0) return [];
    const data = names.map((column) => rows.map((row) => cell(row[column])));
    return [
      {
        name,
        title: title(name),
        note: '',
        columns: names.map((column, c) => {
          const isText = (data[c] ?? []).some((value) => typeof value === 'string');
          return {
            name: column,
            title: title(column),
            type: isText ? ('text' as const) : ('number' as const),
            unit: null,
            description: '',
          };
        }),
        data,
      },
    ];
  });
}
