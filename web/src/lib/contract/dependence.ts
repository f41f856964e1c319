// SPDX-License-Identifier: Apache-2.0
// Who buys, and what each supplier means to them. Reading and choosing only.
import type { RelianceRow } from '../charts/reliance';
import type { Names } from './names';
import { findTable, TableReader } from './tables';
import type { ResultTable, Results } from './types';

/** All buyers named in the tables of dependence; the focus region and its industries come first. */
export function buyersOf(results: Results, names: Names): string[] {
  const found = ['reliance', 'suppliers', 'concentration'].flatMap((name) => {
    const table = findTable(results, name);
    return table === null ? [] : new TableReader(table).distinct('buyer');
  });
  const rank = (buyer: string) =>
    buyer === results.focus ? 0 : homeOf(buyer, names) === results.focus ? 1 : 2;
  return [...new Set(found)].sort((a, b) => rank(a) - rank(b));
}

/** The region that a buyer, a region or an industry, belongs to. */
export function homeOf(buyer: string, names: Names): string {
  return names.isRegion(buyer) ? buyer : (names.split(buyer)?.region ?? buyer);
}

/** Rows of one buyer. */
export function readReliance(table: ResultTable | null): RelianceRow[] {
  if (table === null) return [];
  const reader = new TableReader(table);
  return reader.rows().map((row) => ({
    supplier: reader.text('supplier', row),
    face: reader.number('face_value', row),
    through: reader.number('look_through', row),
    hidden: reader.number('hidden', row),
    origin: reader.number('value_added_origin', row),
  }));
}
