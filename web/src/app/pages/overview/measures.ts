// SPDX-License-Identifier: Apache-2.0
// What the map of the overview can show of a world, year by year. Picking and adding up of what the
// engine computed; nothing else.
import { formatMoney } from '../../../lib/format/money';
import { formatPercent, formatShare } from '../../../lib/format/numbers';
import type { WorldInfo } from '../../lib/worlds.svelte';

export interface RelianceRow {
  buyer: string;
  supplier: string;
  face_value: number;
  look_through: number;
  value_added_origin: number;
}

/** One world with what is known of the dependence of its regions. */
export interface Frame {
  world: WorldInfo;
  /** "2022 (estimated)"; the id where it has no year. */
  name: string;
  reliance: readonly RelianceRow[];
}

export type MeasureKey = 'foreign' | 'through' | 'face' | 'supplier' | 'gdp' | 'run';

export interface MeasureSpec {
  key: MeasureKey;
  title: string;
  /** Of what, in which unit; the money of `unit`, the supplier by name. */
  about: (unit: string, supplier: string) => string;
  kind: 'share' | 'money';
}

export const MEASURES: readonly MeasureSpec[] = [
  {
    key: 'foreign',
    title: 'Foreign value in what a region makes',
    about: () => '% of the value of its output that was added in other regions',
    kind: 'share',
  },
  {
    key: 'face',
    title: 'Inputs bought abroad, at face value',
    about: () => '% of its output spent on inputs from other regions',
    kind: 'share',
  },
  {
    key: 'through',
    title: 'Inputs bought abroad, looked through',
    about: () =>
      'deliveries of other regions at any tier of supply, % of its output; a good is counted at every stage it passes',
    kind: 'share',
  },
  {
    key: 'supplier',
    title: 'Reliance on one region',
    about: (_, supplier) =>
      `deliveries of ${supplier} at any tier of supply, % of the buyer’s output`,
    kind: 'share',
  },
  {
    key: 'gdp',
    title: 'Value added (GDP)',
    about: (unit) => `${unit} a year, current prices`,
    kind: 'money',
  },
];

/** Values of one year by region: shares in percent, money in the unit of the world. */
export function valuesOf(
  frame: Frame,
  measure: MeasureKey,
  supplier: string,
): Map<string, number | null> {
  const { regions, totals } = frame.world;
  if (measure === 'gdp')
    return new Map(regions.map(({ label }) => [label, totals.regions[label]?.value_added ?? null]));
  const sums = new Map<string, number | null>(regions.map(({ label }) => [label, null]));
  for (const row of frame.reliance) {
    if (row.supplier === row.buyer) continue;
    if (measure === 'supplier' && row.supplier !== supplier) continue;
    const value =
      measure === 'foreign'
        ? row.value_added_origin
        : measure === 'face'
          ? row.face_value
          : row.look_through;
    sums.set(row.buyer, (sums.get(row.buyer) ?? 0) + 100 * value);
  }
  return sums;
}

export interface Ranked {
  region: string;
  value: number;
}

export function ranked(values: ReadonlyMap<string, number | null>): Ranked[] {
  return [...values]
    .flatMap(([region, value]) => (value === null ? [] : [{ region, value }]))
    .sort((a, b) => b.value - a.value);
}

export function formatValue(value: number, kind: MeasureSpec['kind'], unit: string): string {
  return kind === 'share' ? formatPercent(value) : formatMoney(value, unit);
}

/** The years of a list of worlds that make up one series: built in, same regions, in order. */
export function seriesOf(ids: readonly string[]): string[] {
  return ids.filter((id) => /^world-\d{4}e?$/.test(id)).sort();
}

export function frameName(id: string): string {
  const [, year, estimated] = /^world-(\d{4})(e?)$/.exec(id) ?? [];
  return year === undefined ? id : `${year}${estimated === '' ? '' : ' (estimated)'}`;
}

interface Told {
  measure: MeasureSpec;
  frame: Frame;
  first: Frame | null;
  supplier: string;
}

/** One sentence about who leads, and since when. */
export function headline({ measure, frame, first, supplier }: Told): string {
  const { names, unit } = frame.world;
  const values = valuesOf(frame, measure.key, supplier);
  const [top] = ranked(values);
  if (top === undefined) return '';
  const name = names.region(top.region);
  const value = formatValue(top.value, measure.kind, unit);
  const when = /^\d{4}/.test(frame.name) ? `In ${frame.name.slice(0, 4)}` : `In ${frame.name}`;
  const before =
    first === null || first === frame
      ? null
      : (valuesOf(first, measure.key, supplier).get(top.region) ?? null);
  const then =
    before === null
      ? ''
      : `; in ${first?.name.slice(0, 4)} it was ${formatValue(before, measure.kind, first?.world.unit ?? unit)}`;
  switch (measure.key) {
    case 'foreign':
      return `${when}, ${value} of the value of what ${name} makes was added abroad, more than in any other region${then}.`;
    case 'face':
      return `${when}, ${name} spends ${value} of its output on inputs from abroad, more than any other region${then}.`;
    case 'through':
      return `${when}, ${name} leans most on other regions: through all tiers, their deliveries come to ${value} of its output${then}.`;
    case 'supplier':
      return `${when}, nobody relies on ${names.region(supplier)} more than ${name}: its deliveries, through all tiers, come to ${value} of ${name}’s output${then}.`;
    default: {
      const world = frame.world.totals.value_added;
      return `${when}, ${name} is the largest economy with ${value} of value added, ${formatShare(top.value / world)} of the world’s${then}.`;
    }
  }
}
