// SPDX-License-Identifier: Apache-2.0
// One table cell -> text, by the unit its column declares.
import type { Cell, Column } from '../contract/types';
import {
  decimalsOfNumbers,
  decimalsOfPercents,
  formatFixed,
  formatInteger,
  formatNumber,
  formatPercent,
  formatShare,
  UNDEFINED,
} from './numbers';

export type CellKind = 'text' | 'percent' | 'share' | 'relative' | 'plain';

/** What an undefined value means, where the contract gives it a meaning. */
const MEANING_OF_NULL: Record<string, string> = {
  recovery_day: 'not within the simulated days',
  first_shortage_day: 'none',
  first_day: 'none',
  low_supplied: 'none',
  high_supplied: 'none',
};

export function cellKind(column: Column): CellKind {
  if (column.type === 'text') return 'text';
  const unit = column.unit?.toLowerCase() ?? '';
  // "price abroad = 1" says itself what it is relative to.
  if (column.name.endsWith('_relative') && !unit.endsWith('= 1')) return 'relative';
  if (unit.startsWith('%') || unit.startsWith('percent') || column.name.endsWith('_pct'))
    return 'percent';
  if (unit.startsWith('share') || unit.startsWith('per unit of')) return 'share';
  return 'plain';
}

/** Calendar years, which are not grouped as amounts are. */
const YEARS = /(^|_)(year|until)($|_)|^(from|to)$/;

export function formatCell(cell: Cell, column: Column): string {
  if (cell === null) return MEANING_OF_NULL[column.name] ?? UNDEFINED;
  if (typeof cell === 'string') return cell;
  if (YEARS.test(column.name) && cell >= 1000 && cell < 10000) return String(Math.round(cell * 10) / 10);
  if (cell === 0 && column.name === 'recovery_day') return 'never below';
  switch (cellKind(column)) {
    case 'percent':
      return formatPercent(cell);
    case 'share':
    case 'relative':
      return formatShare(cell);
    default:
      return column.type === 'integer' ? formatInteger(cell) : formatNumber(cell);
  }
}

/** Formats the cells of one column alike, so that decimal points stand below each other. */
export function columnFormat(column: Column, cells: readonly Cell[]): (cell: Cell) => string {
  const numbers = cells.filter((cell): cell is number => typeof cell === 'number');
  const kind = cellKind(column);
  if (column.type !== 'number' || kind === 'text' || YEARS.test(column.name))
    return (cell) => formatCell(cell, column);
  if (kind === 'plain') {
    const decimals = decimalsOfNumbers(numbers);
    return (cell) =>
      typeof cell === 'number' && decimals !== null
        ? formatFixed(cell, decimals)
        : formatCell(cell, column);
  }
  const factor = kind === 'percent' ? 1 : 100;
  const decimals = decimalsOfPercents(numbers.map((value) => value * factor));
  return (cell) =>
    typeof cell === 'number' ? formatPercent(cell * factor, decimals) : formatCell(cell, column);
}

/** Titles that would not stand on their own above a column. */
export function shownTitle(column: Column): string {
  return column.name === 'largest_foreign_share' ? 'Share of that supplier' : column.title;
}

/** The unit as shown in a heading: shares are shown in percent, so their unit says "% of …". */
export function shownUnit(column: Column): string {
  const unit = column.unit ?? '';
  switch (cellKind(column)) {
    case 'share':
      return unit
        .toLowerCase()
        .replace(/^share|^per unit/, '%')
        .trim();
    case 'relative':
      return '% of baseline';
    case 'percent':
      return unit === '' ? '%' : unit.replace(/^percent/i, '%');
    default:
      return unit;
  }
}
