// SPDX-License-Identifier: Apache-2.0
// Numbers for people. Always English grouping, so that a report reads the same on every machine.

export const UNDEFINED = '–';
const MINUS = '\u2212';
/** A narrow space that does not break. */
export const THIN = '\u202f';

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

function percentDecimals(size: number): number {
  return size >= 99.95 ? 0 : size >= 9.995 ? 1 : 2;
}

/**
 * A percentage: two decimals below ten, one above, or as many as its column asks for; what would
 * read as zero says "<0.01 %".
 */
export function formatPercent(percent: number | null, decimals?: number): string {
  if (percent === null || !Number.isFinite(percent)) return UNDEFINED;
  const size = Math.abs(percent);
  if (percent === 0) return `${plain(0, decimals ?? 0)}${THIN}%`;
  if (size < 0.005) return `${percent > 0 ? '<' : `>${MINUS}`}0.01${THIN}%`;
  return `${plain(percent, decimals ?? percentDecimals(size))}${THIN}%`;
}

/** A percentage that somebody chose, as a limit: with all the digits it was given. */
export function formatChosenPercent(percent: number | null): string {
  return percent === null ? UNDEFINED : `${formatNumber(percent)}${THIN}%`;
}

/** Decimals that suit every percentage of a column, so that its points stand below each other. */
export function decimalsOfPercents(percents: readonly number[]): number {
  const sizes = percents.map(Math.abs).filter((size) => size > 0);
  return sizes.length === 0 ? 0 : percentDecimals(sizes.reduce((a, b) => Math.min(a, b)));
}

/** The same for plain numbers; null when their sizes differ too much for one number of decimals. */
export function decimalsOfNumbers(values: readonly number[]): number | null {
  const sizes = values.map(Math.abs).filter((size) => size > 0 && Number.isFinite(size));
  if (sizes.length === 0 || values.every((value) => Number.isInteger(value))) return 0;
  const largest = sizes.reduce((a, b) => Math.max(a, b));
  const smallest = sizes.reduce((a, b) => Math.min(a, b));
  const decimals = Math.max(0, 3 - Math.floor(Math.log10(largest)));
  return decimals > 6 || smallest < 0.5 * 10 ** -decimals ? null : decimals;
}

export function formatFixed(value: number, decimals: number): string {
  return plain(value, decimals);
}

/** Percentages inside sentences of the results, written as everywhere else on the page. */
export function typeset(text: string): string {
  return text.replace(/(\d)[ \u00a0]?%/g, `$1${THIN}%`);
}

/** A share (0.123) as a percentage (12.3 %). */
export function formatShare(share: number | null): string {
  return formatPercent(share === null ? null : share * 100);
}

export function formatDay(day: number | null): string {
  return day === null ? UNDEFINED : `day ${formatInteger(day)}`;
}

/** Null and 0 have a meaning of their own. */
export function formatRecovery(day: number | null): string {
  if (day === null) return 'not within the simulated days';
  return day === 0 ? 'never below' : formatDay(day);
}

/** A loss in words: negative losses are gains. */
export function formatLoss(percent: number | null): string {
  if (percent === null || !Number.isFinite(percent)) return UNDEFINED;
  if (percent === 0) return 'no change';
  return `${formatPercent(Math.abs(percent))} ${percent < 0 ? 'gain' : 'loss'}`;
}

/** "0.04 % to 0.13 % gain"; both words where the ends differ. */
export function formatLossSpan(low: number, high: number): string {
  if (low < 0 && high < 0)
    return `${formatPercent(-high)} to ${formatPercent(-low)} gain`;
  if (low > 0 && high > 0) return `${formatPercent(low)} to ${formatPercent(high)} loss`;
  return `${formatLoss(low)} to ${formatLoss(high)}`;
}

export function formatSeconds(seconds: number | null): string {
  return seconds === null ? UNDEFINED : `${significant(seconds, 3)} s`;
}

/** A border between colour classes: as short as it can be. */
export function formatBorder(percent: number): string {
  return `${significant(percent, 3)}${THIN}%`;
}
