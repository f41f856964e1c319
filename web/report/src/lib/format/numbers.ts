// SPDX-License-Identifier: Apache-2.0
// Numbers for people. Always English grouping, so that a report reads the same on every machine.

export const UNDEFINED = '–';
const MINUS = '\u2212';

function plain(value: number, decimals: number): string {
  return value
    .toLocaleString('en-GB', { minimumFractionDigits: decimals, maximumFractionDigits: decimals })
    .replace('-', MINUS);
}

function significant(value: number, digits: number): string {
  return value.toLocaleString('en-GB', { maximumSignificantDigits: digits }).replace('-', MINUS);
}

export function formatInteger(value: number | null): string {
  return value === null ? UNDEFINED : plain(Math.round(value), 0);
}

/** Four significant digits; whole numbers up to a million in full. */
export function formatNumber(value: number | null): string {
  if (value === null || !Number.isFinite(value)) return UNDEFINED;
  if (Number.isInteger(value) || Math.abs(value) >= 1000) return plain(value, 0);
  if (value !== 0 && Math.abs(value) < 1e-4) return value.toExponential(2).replace(/-/g, MINUS);
  return significant(value, 4);
}

/** A percentage: two decimals below ten, one above; what would read as zero says "<0.01%". */
export function formatPercent(percent: number | null): string {
  if (percent === null || !Number.isFinite(percent)) return UNDEFINED;
  const size = Math.abs(percent);
  if (percent === 0) return '0%';
  if (size < 0.005) return percent > 0 ? '<0.01%' : `>${MINUS}0.01%`;
  return `${plain(percent, size >= 99.95 ? 0 : size >= 9.995 ? 1 : 2)}%`;
}

/** A share (0.123) as a percentage (12.3%). */
export function formatShare(share: number | null): string {
  return formatPercent(share === null ? null : share * 100);
}

export function formatDay(day: number | null): string {
  return day === null ? UNDEFINED : `day ${formatInteger(day)}`;
}

export function formatSeconds(seconds: number | null): string {
  return seconds === null ? UNDEFINED : `${significant(seconds, 3)} s`;
}

/** A border between colour classes: as short as it can be. */
export function formatBorder(percent: number): string {
  return `${significant(percent, 3)}%`;
}
