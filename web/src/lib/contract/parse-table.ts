// SPDX-License-Identifier: Apache-2.0
import { clean, isRecord, list, text, type Json } from './reading';
import type { Cell, Column, ColumnType, ResultTable } from './types';

export interface ParsedTable {
  table: ResultTable | null;
  /** Empty when all is well. */
  problem: string;
}

function columnType(value: string): ColumnType {
  return value === 'integer' || value === 'number' ? value : 'text';
}

function parseColumn(value: Json): Column {
  const name = text(value, 'name');
  return {
    name,
    title: text(value, 'title') || name,
    type: columnType(text(value, 'type')),
    unit: text(value, 'unit') || null,
    description: text(value, 'description'),
  };
}

/** A value of the wrong kind becomes undefined (null) and is counted, never guessed. */
function parseCell(value: Json, type: ColumnType): { cell: Cell; bad: boolean } {
  if (value === null) return { cell: null, bad: false };
  if (type === 'text')
    return typeof value === 'string'
      ? { cell: clean(value), bad: false }
      : { cell: typeof value === 'object' ? null : String(value), bad: typeof value === 'object' };
  return typeof value === 'number' ? { cell: value, bad: false } : { cell: null, bad: true };
}

export function parseTable(value: Json): ParsedTable {
  const name = text(value, 'name');
  if (!isRecord(value) || name === '')
    return { table: null, problem: 'A table without a name was left out.' };
  const columns = list(value, 'columns').map(parseColumn);
  const raw = list(value, 'data');
  const lengths = raw.map((column) => (Array.isArray(column) ? column.length : -1));
  const rows = lengths[0] ?? 0;
  const whole =
    (raw.length === columns.length || raw.length === 0) &&
    lengths.every((length) => length === rows) &&
    columns.every((column) => column.name !== '');
  if (!whole)
    return {
      table: null,
      problem: `The table “${name}” was left out: its columns do not fit together.`,
    };

  let bad = 0;
  const data = columns.map((column, c) => {
    const cells = (raw[c] ?? []) as Json[];
    return cells.map((item) => {
      const parsed = parseCell(item, column.type);
      if (parsed.bad) bad += 1;
      return parsed.cell;
    });
  });
  return {
    table: { name, title: text(value, 'title') || name, note: text(value, 'note'), columns, data },
    problem:
      bad === 0
        ? ''
        : `The table “${name}” has ${bad} ${bad === 1 ? 'value' : 'values'} of the wrong kind; ` +
          'they are shown as undefined.',
  };
}
