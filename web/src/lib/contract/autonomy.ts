// SPDX-License-Identifier: Apache-2.0
// Typed rows of the tables about autonomy. Reading only; what is missing is null.
import { TableReader } from './tables';
import type { ResultTable } from './types';

export { AUTONOMY_TABLES } from './table-names';

/** Tables of one technology, by name. */
export type AutonomyTables = Readonly<Record<string, ResultTable | undefined>>;

export const QUANTITIES = [
  'domestic_share_pct',
  'unit_cost_relative',
  'quality_relative',
  'programme_cost_pct',
  'cutoff_loss_pct',
  'cutoff_loss_without_pct',
  'domestic_share_without_pct',
] as const;
export type Quantity = (typeof QUANTITIES)[number];

/** One quantity over the years: central path, and quantiles where draws were made. */
export interface Course {
  central: (number | null)[];
  low: (number | null)[];
  mid: (number | null)[];
  high: (number | null)[];
}

export interface Curve {
  region: string;
  years: number[];
  courses: Record<Quantity, Course>;
  /** True where draws give a range. */
  banded: boolean;
}

export function readerOf(tables: AutonomyTables, name: string): TableReader | null {
  const table = tables[name];
  return table === undefined || (table.data[0]?.length ?? 0) === 0 ? null : new TableReader(table);
}

function readCourse(reader: TableReader, rows: readonly number[], name: string): Course {
  const column = (of: string) => rows.map((row) => reader.number(of, row));
  return {
    central: column(name),
    low: column(`${name}_p05`),
    mid: column(`${name}_p50`),
    high: column(`${name}_p95`),
  };
}

function differs(course: Course): boolean {
  return course.low.some((low, i) => low !== null && low !== (course.high[i] ?? null));
}

function curveOf(reader: TableReader, rows: readonly number[]): Curve {
  const courses = Object.fromEntries(
    QUANTITIES.map((name) => [name, readCourse(reader, rows, name)]),
  ) as Record<Quantity, Course>;
  return {
    region: reader.text('region', rows[0] ?? 0),
    years: rows.map((row) => reader.number('year', row) ?? 0),
    courses,
    banded: QUANTITIES.some((name) => differs(courses[name])),
  };
}

export function readCurve(tables: AutonomyTables): Curve | null {
  const reader = readerOf(tables, 'autonomy');
  return reader === null ? null : curveOf(reader, reader.rows());
}

/** Curves of the parameter sets, in the order of the table. */
export function readPresets(tables: AutonomyTables): { preset: string; curve: Curve }[] {
  const reader = readerOf(tables, 'presets');
  if (reader === null) return [];
  return reader.distinct('preset').map((preset) => ({
    preset,
    curve: curveOf(reader, reader.rows((row) => reader.text('preset', row) === preset)),
  }));
}

export interface PresetSummary {
  preset: string;
  manageableYear: number | null;
  verdict: string;
  hazardPct: number | null;
}

export function readPresetSummary(tables: AutonomyTables): PresetSummary[] {
  const reader = readerOf(tables, 'preset_summary');
  if (reader === null) return [];
  return reader.rows().map((row) => ({
    preset: reader.text('preset', row),
    manageableYear: reader.number('manageable_year', row),
    verdict: reader.text('verdict', row),
    hazardPct: reader.number('hazard_pct', row),
  }));
}

export interface Manageable {
  thresholdPct: number | null;
  /** Why this threshold, as the study says; and what the technology is of final use. */
  note?: string;
  marketPct?: number | null;
  year: number | null;
  early: number | null;
  mid: number | null;
  late: number | null;
  /** Per cent of the draws; null without draws. */
  probabilityPct: number | null;
}

export function readManageable(tables: AutonomyTables): Manageable | null {
  const reader = readerOf(tables, 'manageable');
  if (reader === null) return null;
  return {
    thresholdPct: reader.number('threshold_pct', 0),
    note: reader.text('threshold_note', 0),
    marketPct: reader.number('market_pct', 0),
    year: reader.number('year', 0),
    early: reader.number('year_p05', 0),
    mid: reader.number('year_p50', 0),
    late: reader.number('year_p95', 0),
    probabilityPct: reader.number('probability_by_end_pct', 0),
  };
}

export interface BreakEven {
  verdict: string;
  hazardPct: number | null;
  low: number | null;
  mid: number | null;
  high: number | null;
  withoutCutOffPct: number | null;
  neverPct: number | null;
}

export function readBreakEven(tables: AutonomyTables): BreakEven | null {
  const reader = readerOf(tables, 'break_even');
  if (reader === null) return null;
  return {
    verdict: reader.text('verdict', 0),
    hazardPct: reader.number('hazard_pct', 0),
    low: reader.number('hazard_pct_p05', 0),
    mid: reader.number('hazard_pct_p50', 0),
    high: reader.number('hazard_pct_p95', 0),
    withoutCutOffPct: reader.number('pays_without_cut_off_pct', 0),
    neverPct: reader.number('never_pct', 0),
  };
}

export interface SubsidyTest {
  until: number | null;
  /** "subsidies" (mandates and tariffs stay) or "all" of the programme. */
  ends: string;
  share: { without: number | null; ended: number | null; full: number | null };
  loss: { without: number | null; ended: number | null; full: number | null };
  gainStandsPct: number | null;
  lossCutStandsPct: number | null;
  millYear: number | null;
  bastable: number | null;
}

/** One per year in which subsidies may end. */
export function readSubsidyTests(tables: AutonomyTables): SubsidyTest[] {
  const reader = readerOf(tables, 'subsidy_test');
  if (reader === null) return [];
  return reader.rows().map((row) => {
    const at = (name: string) => reader.number(name, row);
    return {
      until: at('subsidies_until'),
      ends: reader.text('ends', row),
      share: {
        without: at('domestic_share_without_pct'),
        ended: at('domestic_share_end_pct'),
        full: at('domestic_share_full_pct'),
      },
      loss: {
        without: at('cutoff_loss_without_pct'),
        ended: at('cutoff_loss_end_pct'),
        full: at('cutoff_loss_full_pct'),
      },
      gainStandsPct: at('gain_stands_pct'),
      lossCutStandsPct: at('loss_cut_stands_pct'),
      millYear: at('mill_year'),
      bastable: at('bastable_value'),
    };
  });
}

export interface CostPart {
  component: string;
  origin: string;
  values: (number | null)[];
}

/** Cost of a unit by component and origin over the years; those made at home first. */
export function readCost(tables: AutonomyTables): { years: number[]; parts: CostPart[] } {
  const reader = readerOf(tables, 'autonomy_cost');
  if (reader === null) return { years: [], parts: [] };
  const years = [...new Set(reader.rows().map((row) => reader.number('year', row) ?? 0))].sort(
    (a, b) => a - b,
  );
  const parts = new Map<string, CostPart>();
  for (const row of reader.rows()) {
    const component = reader.text('component', row);
    const origin = reader.text('origin', row);
    const key = JSON.stringify([component, origin]);
    const part = parts.get(key) ?? { component, origin, values: years.map(() => null) };
    parts.set(key, part);
    part.values[years.indexOf(reader.number('year', row) ?? 0)] = reader.number('value', row);
  }
  const foreign = (part: CostPart) => (part.origin === 'imported' ? 1 : 0);
  return { years, parts: [...parts.values()].sort((a, b) => foreign(a) - foreign(b)) };
}

/** Any columns of a table over its years. */
export function readColumns<Name extends string>(
  tables: AutonomyTables,
  table: string,
  names: readonly Name[],
): { years: number[]; columns: Record<Name, (number | null)[]> } | null {
  const reader = readerOf(tables, table);
  if (reader === null) return null;
  const rows = reader.rows();
  return {
    years: rows.map((row) => reader.number('year', row) ?? 0),
    columns: Object.fromEntries(
      names.map((name) => [name, rows.map((row) => reader.number(name, row))]),
    ) as Record<Name, (number | null)[]>,
  };
}

/** Rows by region of one year. */
export function readByRegion<Name extends string>(
  tables: AutonomyTables,
  table: string,
  names: readonly Name[],
  year: number | null = null,
): { year: number | null; rows: ({ region: string } & Record<Name, number | null>)[] } {
  const reader = readerOf(tables, table);
  if (reader === null) return { year: null, rows: [] };
  const years = reader.rows().map((row) => reader.number('year', row) ?? -Infinity);
  const last = year ?? years.reduce((a, b) => Math.max(a, b), -Infinity);
  const rows = reader
    .rows((row) => (years[row] ?? null) === last)
    .map((row) => ({
      region: reader.text('region', row),
      ...(Object.fromEntries(names.map((name) => [name, reader.number(name, row)])) as Record<
        Name,
        number | null
      >),
    }));
  return { year: Number.isFinite(last) ? last : null, rows };
}

export interface Driver {
  number: string;
  first: number | null;
  total: number | null;
  low: number | null;
  high: number | null;
}

/** Rows of a table of indices by outcome, the largest first; `read` takes what it needs of a row, in per cent. */
export function driversByOutcome<Row extends Driver>(
  tables: AutonomyTables,
  table: string,
  read: (reader: NonNullable<ReturnType<typeof readerOf>>, row: number, percent: (name: string) => number | null) => Row,
  size: (row: Row) => number | null,
): Map<string, Row[]> {
  const reader = readerOf(tables, table);
  const found = new Map<string, Row[]>();
  if (reader === null) return found;
  for (const row of reader.rows()) {
    const outcome = reader.text('outcome', row);
    const list = found.get(outcome) ?? [];
    found.set(outcome, list);
    const percent = (name: string) => {
      const value = reader.number(name, row);
      return value === null ? null : value * 100;
    };
    list.push(read(reader, row, percent));
  }
  for (const list of found.values()) list.sort((a, b) => (size(b) ?? 0) - (size(a) ?? 0));
  return found;
}

/** Shares of variance in per cent, the largest first, by outcome. */
export function readDrivers(tables: AutonomyTables): Map<string, Driver[]> {
  return driversByOutcome<Driver>(
    tables,
    'drivers',
    (reader, row, percent) => ({
      number: reader.text('number', row),
      first: percent('first'),
      total: percent('total'),
      low: percent('total_low'),
      high: percent('total_high'),
    }),
    ({ total }) => total,
  );
}

export interface PlanRow {
  plan: string;
  programmeCost: number | null;
  expectedLoss: number | null;
  total: number | null;
  outlay: number | null;
  budget: number | null;
  shadowPrice: number | null;
}

export function readPlans(tables: AutonomyTables): PlanRow[] {
  const reader = readerOf(tables, 'optimal_summary');
  if (reader === null) return [];
  return reader.rows().map((row) => ({
    plan: reader.text('plan', row),
    programmeCost: reader.number('programme_cost', row),
    expectedLoss: reader.number('expected_loss', row),
    total: reader.number('total', row),
    outlay: reader.number('outlay', row),
    budget: reader.number('budget', row),
    shadowPrice: reader.number('shadow_price', row),
  }));
}
