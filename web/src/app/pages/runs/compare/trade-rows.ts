// SPDX-License-Identifier: Apache-2.0
// Prices and parts of welfare of several runs, row by row.
import type { Names } from '../../../../lib/contract/names';
import { loss } from '../../equilibrium/charts';
import { PARTS, type EquilibriumView } from '../../equilibrium/view';
import type { CompareRow } from '../compare';
import type { Part } from './entries';

const BARS = 20;
const size = ({ values }: CompareRow) =>
  values.reduce<number>((most, value) => Math.max(most, Math.abs(value ?? 0)), 0);

/** Products whose price changes most in any run, the largest rise first. */
export function priceRows(
  parts: readonly Part<EquilibriumView>[],
  region: string,
  names: Names,
): CompareRow[] {
  const prices = parts.map(
    ({ data }) =>
      new Map(data.sectors.flatMap((row) => (row.region === region && row.price !== null ? [[row.sector, row.price]] : []))),
  );
  const highest = ({ values }: CompareRow) =>
    values.reduce<number>((most, value) => Math.max(most, value ?? -Infinity), -Infinity);
  return [...new Set(prices.flatMap((each) => [...each.keys()]))]
    .map((sector) => ({ region: names.sector(sector), values: prices.map((each) => each.get(sector) ?? null) }))
    .sort((a, b) => size(b) - size(a))
    .slice(0, BARS)
    .sort((a, b) => highest(b) - highest(a));
}

/** Parts of the loss of welfare of a region; parts that are nothing in all runs are left out. */
export function partRows(parts: readonly Part<EquilibriumView>[], region: string): CompareRow[] {
  const rows = PARTS.map(({ name, title }) => ({
    region: title,
    values: parts.map(({ data }) =>
      loss(data.regions.find((row) => row.region === region)?.parts?.[name] ?? null),
    ),
  }));
  const largest = rows.reduce((most, row) => Math.max(most, size(row)), 0);
  return rows.filter((row) => size(row) > Math.max(1e-9, 1e-4 * largest));
}
