// SPDX-License-Identifier: Apache-2.0
// From the answer to what is drawn: choosing, sorting, naming.
import type { RelianceRow } from '../../../lib/charts/reliance';
import type { Names } from '../../../lib/contract/names';
import { formatShare } from '../../../lib/format/numbers';
import type { Dependence, RegionRow, SupplierRow } from './answer';

export type Measure = 'look_through' | 'face_value' | 'hidden' | 'value_added_origin';

export const MEASURES: readonly { value: Measure; text: string; about: string }[] = [
  {
    value: 'look_through',
    text: 'Looked through',
    about:
      'deliveries at any tier of supply, % of the buyer’s output; a good counts at every stage it passes',
  },
  { value: 'face_value', text: 'Face value', about: 'direct purchases, % of the buyer’s output' },
  {
    value: 'hidden',
    text: 'Hidden',
    about: 'looked through less face value, % of the buyer’s output',
  },
  {
    value: 'value_added_origin',
    text: 'Origin of value added',
    about: 'where the value of the buyer’s output was added, %; all regions sum to 100 %',
  },
];

export function toReliance(row: RegionRow): RelianceRow {
  return {
    supplier: row.supplier,
    face: row.face_value,
    through: row.look_through,
    hidden: row.hidden,
    origin: row.value_added_origin,
  };
}

export function homeOf(buyer: string, names: Names): string {
  return names.isRegion(buyer) ? buyer : (names.split(buyer)?.region ?? buyer);
}

/** Other regions than the buyer's own, the largest first. */
export function foreign(answer: Dependence, names: Names, by: Measure): RegionRow[] {
  const home = homeOf(answer.buyer, names);
  return answer.reliance
    .filter(({ supplier }) => supplier !== home)
    .sort((a, b) => b[by] - a[by]);
}

export function total(rows: readonly RegionRow[], of: Measure): number {
  return rows.reduce((sum, row) => sum + row[of], 0);
}

/** What the two views say of the same buyer, in two sentences. */
export function headline(answer: Dependence, names: Names): string {
  const name = names.forColumn('buyer', answer.buyer);
  const rows = foreign(answer, names, 'look_through');
  const byFace = foreign(answer, names, 'face_value');
  const top = rows[0];
  const face = byFace[0];
  if (top === undefined || face === undefined) return `${name} buys nothing from other regions.`;
  const whole = `At face value ${name} spends ${formatShare(total(rows, 'face_value'))} of its output on inputs from abroad; looked through all tiers, deliveries from abroad come to ${formatShare(total(rows, 'look_through'))}.`;
  const lead =
    top.supplier === face.supplier
      ? `${names.region(top.supplier)} is the largest foreign supplier in both views: ${formatShare(top.face_value)} and ${formatShare(top.look_through)}.`
      : `The largest foreign supplier at face value is ${names.region(face.supplier)} (${formatShare(face.face_value)}), looked through it is ${names.region(top.supplier)} (${formatShare(top.look_through)}).`;
  return `${whole} ${lead}`;
}

export interface Leaf {
  label: string;
  name: string;
  region: string;
  value: number;
}

/** Supplying industries for the treemap, by region; those at home only if asked. */
export function leaves(
  answer: Dependence,
  names: Names,
  by: Measure,
  domestic: boolean,
): { region: string; name: string; value: number; leaves: Leaf[] }[] {
  const home = homeOf(answer.buyer, names);
  const groups = new Map<string, Leaf[]>();
  for (const row of answer.suppliers as SupplierRow[]) {
    const cut = names.split(row.supplier);
    const region = cut?.region ?? row.supplier;
    if ((!domestic && region === home) || !(row[by] > 0)) continue;
    const list = groups.get(region) ?? [];
    list.push({
      label: row.supplier,
      name: names.sector(cut?.sector ?? row.supplier),
      region,
      value: row[by] * 100,
    });
    groups.set(region, list);
  }
  return [...groups]
    .map(([region, list]) => ({
      region,
      name: names.region(region),
      value: list.reduce((sum, leaf) => sum + leaf.value, 0),
      leaves: list.sort((a, b) => b.value - a.value),
    }))
    .sort((a, b) => b.value - a.value);
}
