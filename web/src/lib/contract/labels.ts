// SPDX-License-Identifier: Apache-2.0
// Tables hold labels (CHN, C26, ai-chips). People read names; a column of its own keeps the label,
// which is what files and commands understand.
import type { Names } from './names';
import type { Cell, Column, ResultTable } from './types';

/** Columns whose cells have names; a table that holds the names itself is left as it is. */
function named(table: ResultTable, names: Names): boolean[] {
  const columns = new Set(table.columns.map(({ name }) => name));
  return table.columns.map((column, c) => {
    if (column.type !== 'text') return false;
    if (columns.has(`${column.name}_name`) || columns.has(`${column.name}_title`)) return false;
    return (table.data[c] ?? []).some(
      (cell) => typeof cell === 'string' && names.forColumn(column.name, cell) !== cell,
    );
  });
}

function widened(
  table: ResultTable,
  names: Names,
  added: (column: Column, cells: readonly Cell[]) => { column: Column; cells: Cell[] },
): ResultTable {
  const which = named(table, names);
  if (!which.includes(true)) return table;
  const all = table.columns.flatMap((column, c) => {
    const cells = table.data[c] ?? [];
    return which[c] === true ? [{ column, cells }, added(column, cells)] : [{ column, cells }];
  });
  return {
    ...table,
    columns: all.map(({ column }) => column),
    data: all.map(({ cells }) => [...cells]),
  };
}

/** For reading: behind each column of labels, which are shown by name, the labels as they are. */
export function withCodes(table: ResultTable, names: Names): ResultTable {
  return widened(table, names, (column, cells) => ({
    column: { name: `${column.name}_code`, title: 'Code', type: 'text', unit: null, description: '' },
    cells: [...cells],
  }));
}

/** For files: behind each column of labels their names. */
export function withNames(table: ResultTable, names: Names): ResultTable {
  return widened(table, names, (column, cells) => ({
    column: { ...column, name: `${column.name}_name`, title: `${column.title}, name`, description: '' },
    cells: cells.map((cell) => (typeof cell === 'string' ? names.forColumn(column.name, cell) : cell)),
  }));
}
