// SPDX-License-Identifier: Apache-2.0
// A table as CSV, raw values. Labels are untrusted: text a spreadsheet would run as a formula
// gets a leading apostrophe, which spreadsheets show as plain text.
import type { Cell, ResultTable } from '../contract/types';

const FORMULA = /^\s*[=+\-@\t\r]/;

export function csvCell(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell);
  const inert = FORMULA.test(cell) ? `'${cell}` : cell;
  return /[",\r\n']/.test(inert) ? `"${inert.replace(/"/g, '""')}"` : inert;
}

export function toCsv(table: ResultTable): string {
  const lines = [table.columns.map((column) => csvCell(column.name)).join(',')];
  const rows = table.data[0]?.length ?? 0;
  for (let row = 0; row < rows; row += 1)
    lines.push(table.data.map((column) => csvCell(column[row] ?? null)).join(','));
  return `${lines.join('\r\n')}\r\n`;
}
