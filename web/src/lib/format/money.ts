// SPDX-License-Identifier: Apache-2.0
// Money in the unit of the world ("USD million"), scaled to the word that reads best.
import { formatNumber, UNDEFINED } from './numbers';

export interface MoneyUnit {
  currency: string;
  scale: number;
}

const SCALES: Record<string, number> = {
  thousand: 1e3,
  million: 1e6,
  millions: 1e6,
  mn: 1e6,
  billion: 1e9,
  billions: 1e9,
  bn: 1e9,
  trillion: 1e12,
};

const STEPS: readonly [number, string][] = [
  [1e12, 'trillion'],
  [1e9, 'billion'],
  [1e6, 'million'],
  [1e3, 'thousand'],
];

/** "USD million" and "million USD" are understood; anything else is null. */
export function parseMoneyUnit(unit: string): MoneyUnit | null {
  const words = unit.trim().split(/\s+/);
  const scaled = words.find((word) => word.toLowerCase() in SCALES);
  const rest = words.filter((word) => word !== scaled).join(' ');
  if (rest === '') return null;
  if (scaled !== undefined) return { currency: rest, scale: SCALES[scaled.toLowerCase()] ?? 1 };
  return /^[A-Z]{3}$/.test(rest) ? { currency: rest, scale: 1 } : null;
}

/** One unit for a whole axis: what to multiply by, and what it is then called. */
export function moneyAxis(largest: number, unit: string): { factor: number; unit: string } {
  const money = parseMoneyUnit(unit);
  if (money === null) return { factor: 1, unit };
  const amount = Math.abs(largest) * money.scale;
  const step = STEPS.find(([size]) => amount >= size);
  return step === undefined
    ? { factor: money.scale, unit: money.currency }
    : { factor: money.scale / step[0], unit: `${money.currency} ${step[1]}` };
}

/** For narrow places whose surroundings name the currency: "142 bn". */
export function formatMoneyShort(value: number | null, unit: string): string {
  const currency = parseMoneyUnit(unit)?.currency;
  if (currency === undefined) return formatMoney(value, unit);
  return formatMoney(value, unit)
    .slice(value === null ? 0 : currency.length + 1)
    .replace('billion', 'bn')
    .replace('million', 'mn')
    .replace('trillion', 'tn');
}

export function formatMoney(value: number | null, unit: string): string {
  if (value === null || !Number.isFinite(value)) return UNDEFINED;
  const money = parseMoneyUnit(unit);
  if (money === null) return unit === '' ? formatNumber(value) : `${formatNumber(value)} ${unit}`;
  const amount = value * money.scale;
  // The threshold is a little below the step so that 999.6 million reads as 1 billion.
  const step = STEPS.find(([size]) => Math.abs(amount) >= size * 0.9995);
  const scaled = step === undefined ? amount : amount / step[0];
  const digits = Math.abs(scaled) >= 100 ? 0 : Math.abs(scaled) >= 10 ? 1 : 2;
  const number = scaled
    .toLocaleString('en-GB', { maximumFractionDigits: digits })
    .replace('-', '\u2212');
  return `${money.currency} ${number}${step === undefined ? '' : ` ${step[1]}`}`;
}
