// SPDX-License-Identifier: Apache-2.0
// One table cell -> text, by the unit its column declares.
import type { Cell, Column } from '../contract/types';
import { formatInteger, formatNumber, formatPercent, formatShare, UNDEFINED } from './numbers';

export type CellKind = 'text' | 'percent' | 'share' | 'relative' | 'plain';

/** What an undefined value means, where the contract gives it a meaning. */
const MEANING_OF_NULL: Record<string, string> = {
  recovery_day: 'not within the simulated days',
  first_shortage_day: 'none',
  first_day: 'none',
};

export function cellKind(column: Column): CellKind {
  if (column.type === 'text') return 'text';
  const unit = column.unit?.toLowerCase() ?? '';
  if (column.name.endsWith('_relative')) return 'relative';
  if (unit.startsWith('%') || unit.startsWith('percent') || column.name.endsWith('_pct'))
    return 'percent';
  if (unit.startsWith('share')) return 'share';
  return 'plain';
}

export function formatCell(cell: Cell, column: Column): string {
  if (cell === null) return MEANING_OF_NULL[column.name] ?? UNDEFINED;
  if (typeof cell === 'string') return cell;
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

/** The unit as shown in a heading: shares are shown in percent, so their unit says "% of …". */
export function shownUnit(column: Column): string {
  const unit = column.unit ?? '';
  switch (cellKind(column)) {
    case 'share':
      return unit
        .toLowerCase()
        .replace(/^share/, '%')
        .trim();
    case 'relative':
      return '% of baseline';
    case 'percent':
      return unit === '' ? '%' : unit.replace(/^percent/i, '%');
    default:
      return unit;
  }
}
