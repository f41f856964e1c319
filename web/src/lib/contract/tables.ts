// SPDX-License-Identifier: Apache-2.0
// Access to the columnar tables by column name. Missing columns read as undefined, not as zero.
import { AUTONOMY_TABLES, LEVERAGE_TABLES } from './table-names';
import type { Cell, Column, ResultTable, Results } from './types';

export function findTable(results: Results, name: string): ResultTable | null {
  return results.tables.find((table) => table.name === name) ?? null;
}

export function rowCount(table: ResultTable | null): number {
  return table?.data[0]?.length ?? 0;
}

export class TableReader {
  readonly #index = new Map<string, number>();
  readonly length: number;

  constructor(readonly table: ResultTable) {
    table.columns.forEach((column, c) => this.#index.set(column.name, c));
    this.length = rowCount(table);
  }

  has(name: string): boolean {
    return this.#index.has(name);
  }

  column(name: string): Column | null {
    const c = this.#index.get(name);
    return c === undefined ? null : (this.table.columns[c] ?? null);
  }

  cell(name: string, row: number): Cell {
    const c = this.#index.get(name);
    return c === undefined ? null : (this.table.data[c]?.[row] ?? null);
  }

  text(name: string, row: number): string {
    const cell = this.cell(name, row);
    return cell === null ? '' : String(cell);
  }

  number(name: string, row: number): number | null {
    const cell = this.cell(name, row);
    return typeof cell === 'number' && Number.isFinite(cell) ? cell : null;
  }

  /** In order of first appearance. */
  distinct(name: string): string[] {
    const seen = new Set<string>();
    for (let row = 0; row < this.length; row += 1) seen.add(this.text(name, row));
    seen.delete('');
    return [...seen];
  }

  rows(keep: (row: number) => boolean = () => true): number[] {
    const kept: number[] = [];
    for (let row = 0; row < this.length; row += 1) if (keep(row)) kept.push(row);
    return kept;
  }
}

/** The chosen rows, without the named columns; for showing one scenario of a longer table. */
export function subTable(
  table: ResultTable,
  rows: readonly number[],
  without: readonly string[] = [],
): ResultTable {
  const kept = table.columns
    .map((column, c) => ({ column, c }))
    .filter(({ column }) => !without.includes(column.name));
  return {
    ...table,
    columns: kept.map(({ column }) => column),
    data: kept.map(({ c }) => rows.map((row) => table.data[c]?.[row] ?? null)),
  };
}

/** Rows of one scenario, or all rows of a table that has no such column. */
export function ofScenario(table: ResultTable | null, scenario: string): ResultTable | null {
  return pick(table, 'scenario', scenario);
}

export function pick(table: ResultTable | null, column: string, value: string): ResultTable | null {
  if (table === null) return null;
  const reader = new TableReader(table);
  if (!reader.has(column)) return table;
  return subTable(
    table,
    reader.rows((row) => reader.text(column, row) === value),
    [column],
  );
}

export const KNOWN_TABLES = [
  'reliance',
  'suppliers',
  'concentration',
  'position',
  'loss_by_region',
  'range',
  'loss_over_time',
  'sectors_hit',
  'shortages',
  'findings',
  'bracket',
  'bands',
  'sensitivity',
  'swings',
  'equilibrium_regions',
  'equilibrium_bands',
  'equilibrium_undercut',
  'equilibrium_setting',
  ...AUTONOMY_TABLES,
  ...LEVERAGE_TABLES,
] as const;

const LOSS_TABLES = ['loss_by_region', 'loss_over_time', 'sectors_hit', 'shortages', 'range'];
const DEPENDENCE_TABLES = ['reliance', 'suppliers', 'concentration', 'position'];

const CERTAINTY_TABLES = ['bracket', 'bands', 'sensitivity', 'swings'];

/** True if the results say how far the losses can be trusted. */
export function hasCertainty(results: Results): boolean {
  return results.tables.some((table) => CERTAINTY_TABLES.includes(table.name) && rowCount(table) > 0);
}

/** True if the study asks where trade settles. */
export function asksSettles(results: Results): boolean {
  return results.tables.some((table) => table.name === 'equilibrium_regions');
}

/** True if the study asks when something can be made at home. */
export function asksAutonomy(results: Results): boolean {
  return results.tables.some((table) => table.name === 'autonomy');
}

/** True if the study asks who can hurt whom. */
export function asksLeverage(results: Results): boolean {
  return results.tables.some((table) => (LEVERAGE_TABLES as readonly string[]).includes(table.name));
}

/** Which halves of the page there is something for. With neither, both are shown and say so, unless
 * the study only asks what has a part of its own: where trade settles, autonomy, leverage. */
export function halves(results: Results): { losses: boolean; dependence: boolean } {
  const any = (names: readonly string[]) =>
    results.tables.some((table) => names.includes(table.name));
  const losses = any(LOSS_TABLES);
  const dependence = any(DEPENDENCE_TABLES);
  const asked =
    losses || dependence || asksSettles(results) || asksAutonomy(results) || asksLeverage(results);
  return asked ? { losses, dependence } : { losses: true, dependence: true };
}

export type KnownTable = (typeof KNOWN_TABLES)[number];

export function unknownTables(results: Results): ResultTable[] {
  const known: readonly string[] = KNOWN_TABLES;
  return results.tables.filter((table) => !known.includes(table.name));
}

/** All scenarios named in any table, in order of first appearance. */
export function scenarios(results: Results): string[] {
  const names = new Set<string>();
  for (const table of results.tables) {
    const reader = new TableReader(table);
    if (reader.has('scenario')) for (const name of reader.distinct('scenario')) names.add(name);
  }
  return [...names];
}
