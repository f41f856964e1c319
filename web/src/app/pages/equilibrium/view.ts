// SPDX-License-Identifier: Apache-2.0
// What a run says about where trade settles, in one form: the document of one scenario
// (linchpin.equilibrium) and the tables of a study (linchpin.results). Reading only.
import { finite, isRecord, list, text, textList, type Json } from '../../../lib/contract/reading';
import { readResults } from '../../../lib/contract/parse';
import { findTable, ofScenario, scenarios, TableReader } from '../../../lib/contract/tables';
import type { Results, ResultTable } from '../../../lib/contract/types';

/** The parts of a change of welfare, as the documents name them. */
export const PARTS = [
  { name: 'terms_of_trade_pct', title: 'Terms of trade' },
  { name: 'volume_of_trade_pct', title: 'Volume of trade' },
  { name: 'trade_costs_pct', title: 'Trade costs' },
  { name: 'technology_pct', title: 'Technology' },
  { name: 'variety_pct', title: 'Lost origins' },
  { name: 'subsidies_pct', title: 'Subsidies' },
  { name: 'employment_pct', title: 'Employment' },
  { name: 'transfers_pct', title: 'Transfers' },
  { name: 'rest_pct', title: 'Rest' },
] as const;

export interface RegionRow {
  region: string;
  /** Changes in per cent of the base: positive is a gain. Null: no result. */
  welfare: number | null;
  /** In money of the world per year. */
  money: number | null;
  realWage: number | null;
  prices: number | null;
  imports: number | null;
  exports: number | null;
  firstOrder: number | null;
  termsOfTrade: number | null;
  volumeOfTrade: number | null;
  revenue: number | null;
  outlier: string;
  /** By name of PARTS; null where the run did not split it. */
  parts: Record<string, number | null> | null;
  low: number | null;
  high: number | null;
}

export interface SectorRow {
  region: string;
  sector: string;
  outputBefore: number | null;
  output: number | null;
  cost: number | null;
  price: number | null;
}

export interface FlowRow {
  exporter: string;
  importer: string;
  /** Empty: all sectors together. */
  sector: string;
  before: number;
  after: number;
}

export interface EquilibriumView {
  scenario: string;
  /** All scenarios of a study that ask where trade settles; one or none otherwise. */
  scenarios: string[];
  solved: boolean;
  /** Why there is no such world. */
  lost: string;
  headlines: string[];
  policies: string[];
  setting: { name: string; value: string }[];
  regions: RegionRow[];
  world: RegionRow | null;
  sectors: SectorRow[];
  flows: FlowRow[];
  topFlows: FlowRow[];
  draws: number;
  notes: string[];
  warnings: string[];
  seconds: number | null;
}

const SETTING_WORDS: Record<string, string> = {
  model: 'Model',
  closure: 'Closure',
  theta: 'Trade elasticities',
  horizon: 'Horizon',
  deficits: 'Trade deficits',
  tariffs_of_the_base: 'Tariffs of the base',
  tariffs: 'Tariffs of the base',
  vintage: 'World',
  imports_of: 'Imports counted',
  residual: 'Residual of the solution',
};
const MODEL_WORDS: Record<string, string> = { cp: 'Cobb–Douglas (cp)', ces: 'nested CES (ces)' };

function settings(pairs: readonly (readonly [string, string])[]) {
  return pairs.flatMap(([name, value]) => {
    const title = SETTING_WORDS[name];
    return title === undefined || value === ''
      ? []
      : [{ name: title, value: name === 'model' ? (MODEL_WORDS[value] ?? value) : value }];
  });
}

function region(row: Json, bands: Json): RegionRow {
  const outlier = isRecord(row) && row['outlier'] === true;
  const parts = isRecord(row) && isRecord(row['parts']) ? row['parts'] : null;
  const sound = (name: string) => (outlier ? null : finite(row, name));
  const label = text(row, 'region');
  const band = isRecord(bands) ? bands[label] : undefined;
  return {
    region: label,
    welfare: sound('welfare_exact_pct'),
    money: sound('equivalent_variation'),
    realWage: sound('real_wage_pct'),
    prices: sound('consumer_prices_pct'),
    imports: sound('all_imports_change_pct'),
    exports: sound('all_exports_change_pct'),
    firstOrder: sound('welfare_first_order_pct'),
    termsOfTrade: sound('terms_of_trade_pct'),
    volumeOfTrade: sound('volume_of_trade_pct'),
    revenue: finite(row, 'tariff_revenue'),
    outlier: outlier ? text(row, 'outlier_reason') || 'the model is not to be trusted there' : '',
    parts:
      parts === null ? null : Object.fromEntries(PARTS.map(({ name }) => [name, finite(parts, name)])),
    low: outlier ? null : finite(band, 'p05'),
    high: outlier ? null : finite(band, 'p95'),
  };
}

function flow(row: Json): FlowRow {
  return {
    exporter: text(row, 'exporter'),
    importer: text(row, 'importer'),
    sector: text(row, 'sector'),
    before: finite(row, 'before') ?? 0,
    after: finite(row, 'after') ?? 0,
  };
}

function ofDocument(root: Record<string, Json>): EquilibriumView {
  const setting = isRecord(root['setting']) ? root['setting'] : {};
  const quantiles = root['quantiles'] ?? null;
  const world = isRecord(root['world']) ? { region: 'WORLD', ...root['world'] } : null;
  return {
    scenario: text(root, 'scenario'),
    scenarios: [],
    solved: text(root, 'answer') === 'solved',
    lost: text(root, 'lost_words'),
    headlines: [],
    policies: textList(root, 'policies'),
    setting: settings(Object.keys(setting).map((name) => [name, text(setting, name)])),
    regions: list(root, 'regions').map((row) => region(row, quantiles)),
    world: world === null ? null : region(world, quantiles),
    sectors: list(root, 'sectors').map((row) => ({
      region: text(row, 'region'),
      sector: text(row, 'sector'),
      outputBefore: finite(row, 'output_before'),
      output: finite(row, 'real_output_pct'),
      cost: finite(row, 'cost_pct'),
      price: finite(row, 'price_pct'),
    })),
    flows: list(root, 'flows').map(flow),
    topFlows: list(root, 'top_flows').map(flow),
    draws: finite(root, 'draws') ?? 0,
    notes: textList(root, 'notes'),
    warnings: [...textList(root, 'warnings'), ...textList(root, 'adjustments')],
    seconds: finite(root['origin'], 'duration_seconds'),
  };
}

function bandsOf(table: ResultTable | null): Record<string, Json> {
  if (table === null) return {};
  const reader = new TableReader(table);
  return Object.fromEntries(
    reader
      .rows((row) => reader.text('measure', row) === 'welfare_exact_pct')
      .map((row) => [
        reader.text('region', row),
        { p05: reader.number('p05', row), p95: reader.number('p95', row), central: reader.number('central', row) },
      ]),
  );
}

/** Rows of a table as records, so that they read as those of the document. */
function records(table: ResultTable | null): Record<string, Json>[] {
  if (table === null) return [];
  const count = table.data[0]?.length ?? 0;
  return Array.from({ length: count }, (_, row) =>
    Object.fromEntries(table.columns.map((column, c) => [column.name, table.data[c]?.[row] ?? null])),
  );
}

/** How many draws bands rest on; a study whose options do not say has at least two. */
function drawsOf(results: Results, bands: Record<string, Json>): number {
  const said = results.origin.options.find(({ name }) => /^(equilibrium\.)?(ensemble\.)?draws$/.test(name));
  if (typeof said?.value === 'number') return said.value;
  return Object.keys(bands).length > 0 ? 2 : 0;
}

/** Tables of a study that a view is made of. */
export const SETTLED_TABLES = [
  'equilibrium_setting',
  'equilibrium_regions',
  'equilibrium_bands',
  'equilibrium_sectors',
  'equilibrium_flows',
] as const;

/** Scenarios of a study that ask where trade settles. */
export function settledScenarios(results: Results): string[] {
  const table = findTable(results, 'equilibrium_setting');
  return table === null ? [] : new TableReader(table).distinct('scenario');
}

function ofStudy(results: Results, wished: string): EquilibriumView | null {
  const all = settledScenarios(results);
  const scenario = all.includes(wished) ? wished : (all[0] ?? '');
  if (all.length === 0 && !scenarios(results).includes(scenario)) return null;
  const table = (name: string) => ofScenario(findTable(results, name), scenario);
  const setting = records(table('equilibrium_setting'))[0] ?? {};
  const bands = bandsOf(table('equilibrium_bands'));
  const regions = records(table('equilibrium_regions')).map((row) =>
    region(
      {
        ...row,
        // A study leaves the welfare of an outlier undefined.
        outlier: row['welfare_exact_pct'] === null,
        all_imports_change_pct: row['imports_pct'] ?? null,
        all_exports_change_pct: row['exports_pct'] ?? null,
      },
      bands,
    ),
  );
  const answer = text(setting, 'answer');
  const band = bands['WORLD'];
  const world =
    regions.find((row) => row.region === 'WORLD') ??
    (band === undefined
      ? null
      : region({ region: 'WORLD', welfare_exact_pct: finite(band, 'central') }, bands));
  return {
    scenario,
    scenarios: all,
    solved: answer === 'solved' || (answer === '' && regions.length > 0),
    lost: answer,
    headlines: results.headlines
      .filter((line) => line.scenario === null || line.scenario === scenario)
      .map((line) => line.text),
    policies: text(setting, 'policies')
      .split(/;\s*/)
      .filter((part) => part !== ''),
    setting: settings(Object.keys(setting).map((name) => [name, String(setting[name] ?? '')])),
    regions: regions.filter((row) => row.region !== 'WORLD'),
    world,
    sectors: records(table('equilibrium_sectors')).map((row) => ({
      region: text(row, 'region'),
      sector: text(row, 'sector'),
      outputBefore: finite(row, 'output_before'),
      output: finite(row, 'real_output_pct'),
      cost: finite(row, 'cost_pct'),
      price: finite(row, 'price_pct'),
    })),
    flows: records(table('equilibrium_flows')).map(flow),
    topFlows: [],
    draws: drawsOf(results, bands),
    notes: [],
    warnings: results.warnings,
    seconds: results.origin.duration_seconds,
  };
}

/** Null for documents that say nothing about where trade settles. */
export function readEquilibrium(document: unknown, scenario = ''): EquilibriumView | null {
  const root = document as Json;
  if (!isRecord(root)) return null;
  const name = text(root['schema'], 'name');
  if (name === 'linchpin.equilibrium') return ofDocument(root);
  if (name !== 'linchpin.results') return null;
  const parsed = readResults(root);
  return parsed.ok ? ofStudy(parsed.results, scenario) : null;
}
