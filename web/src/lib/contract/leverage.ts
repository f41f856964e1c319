// SPDX-License-Identifier: Apache-2.0
// Typed rows about who can hurt whom. Reading only; what is missing is null.
import { formatNumber, formatPercent } from '../format/numbers';
import { TableReader } from './tables';
import type { ResultTable } from './types';

export { LEVERAGE_TABLES } from './table-names';

/** Tables of a study or an answer, by name. */
export type LeverageTables = Readonly<Record<string, ResultTable | undefined>>;

export interface PowerRow {
  sender: string;
  target: string;
  /** The year or the case of the numbers; empty where there is only one. */
  when: string;
  /** How much dearer living in the target would be at unchanged wages, %. */
  costIndex: number | null;
  /** Net first-order power, % of spending. */
  liuYang: number | null;
  /** Loss of the target once trade has settled, %. */
  settled: number | null;
  /** The largest loss of a sender, %. */
  senderLoss: number | null;
  /** Of these two losses. */
  ratio: number | null;
  /** Loss of final use of the target in the first year, %. */
  shortRun: number | null;
  /** What the target cannot have otherwise: numbers are lower bounds. */
  monopoly: string[];
  /** The sender loses next to nothing, so that there is no ratio. */
  costless: boolean;
  /** False where the target buys nothing from the sender. */
  trade: boolean;
  /** Name of the world, and the year it describes, where the rows are of several. */
  world?: string;
  year?: number | null;
  /** Sectors of the world, and whether they are those of the first world of the table. */
  sectors?: number | null;
  compares?: boolean;
  /** Nine draws of ten, where draws were made. */
  bands?: Partial<Record<PowerMeasure, PowerBand>>;
  /** Place by the cost index over the draws, and in how many of them it is among the first. */
  places?: PowerBand & { top: number | null };
}

export interface PowerBand {
  low: number | null;
  high: number | null;
}

export const POWER_MEASURES = ['costIndex', 'liuYang', 'settled', 'ratio', 'shortRun'] as const;
export type PowerMeasure = (typeof POWER_MEASURES)[number];

export const POWER_WORDS: Record<PowerMeasure, { name: string; about: string }> = {
  costIndex: {
    name: 'Cost index',
    about: 'how much dearer living in the target would be at unchanged wages, %, through the network',
  },
  liuYang: {
    name: 'Liu–Yang',
    about: 'first order, net of what the sender stands to lose, % of spending; negative: the other way round',
  },
  settled: { name: 'Settled loss', about: 'of the target once trade has settled, % of real final use' },
  ratio: {
    name: 'Loss ratio',
    about: 'the target’s settled loss over the largest loss of a sender',
  },
  shortRun: { name: 'First year', about: 'final use of the target lost in the first year, %' },
};

/** A log rise of the cost index in per cent. */
export function dearer(log: number | null): number | null {
  return log === null ? null : 100 * Math.expm1(log);
}

export function formatPower(measure: PowerMeasure, value: number): string {
  return measure === 'ratio' ? `${formatNumber(Number(value.toPrecision(2)))}×` : formatPercent(value);
}

/** Short enough for a cell. */
export function cellPower(value: number): string {
  const size = Math.abs(value);
  if (value === 0) return '0';
  const text = size < 0.005 ? '<.01' : size < 9.95 ? size.toPrecision(2) : size.toFixed(0);
  const short = text.replace(/^0\./, '.');
  return value < 0 ? (short.startsWith('<') ? '>−.01' : `−${short}`) : short;
}

/** Only what has numbers. */
function bandsOf(found: Record<PowerMeasure, PowerBand>): Pick<PowerRow, 'bands'> {
  const known = Object.entries(found).filter(([, { low, high }]) => low !== null && high !== null);
  return known.length === 0 ? {} : { bands: Object.fromEntries(known) };
}

type Json = Record<string, unknown>;
const isRecord = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const number = (value: unknown) =>
  typeof value === 'number' && Number.isFinite(value) ? value : null;
const times = (value: number | null, factor: number) => (value === null ? null : value * factor);
export const records = (value: unknown): Json[] =>
  Array.isArray(value) ? value.filter(isRecord) : [];
export const texts = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((each): each is string => typeof each === 'string') : [];

/** Rows of the document linchpin.leverage-power. */
export function powerOf(document: unknown): PowerRow[] {
  const rows = isRecord(document) ? records(document['power']) : [];
  return rows.map((row) => {
    const losses = records(row['senders']).map((each) => number(each['loss_pct']) ?? 0);
    const draws = isRecord(row['draws']) ? row['draws'] : {};
    const at = (name: string) => number(draws[name]);
    const settled = isRecord(row['settled_draws']) ? row['settled_draws'] : {};
    const first = isRecord(row['short_run_draws']) ? row['short_run_draws'] : {};
    return {
      sender: String(row['sender'] ?? ''),
      target: String(row['target'] ?? ''),
      when: '',
      costIndex: dearer(number(row['cost_index'])),
      liuYang: times(number(row['liu_yang']), 100),
      settled: number(row['target_loss_pct']),
      senderLoss: losses.length === 0 ? null : Math.max(...losses),
      ratio: number(row['equilibrium_ratio']),
      shortRun: number(row['short_run']),
      monopoly: texts(row['monopoly']),
      costless: row['costless'] === true,
      trade: row['trade'] !== false,
      ...bandsOf({
        costIndex: { low: dearer(at('cost_index_p05')), high: dearer(at('cost_index_p95')) },
        liuYang: { low: times(at('liu_yang_p05'), 100), high: times(at('liu_yang_p95'), 100) },
        settled: { low: number(settled['loss_p05_pct']), high: number(settled['loss_p95_pct']) },
        ratio: { low: null, high: null },
        shortRun: { low: number(first['loss_p05_pct']), high: number(first['loss_p95_pct']) },
      }),
      ...(at('rank_p05') === null
        ? {}
        : { places: { low: at('rank_p05'), high: at('rank_p95'), top: at('top_share') } }),
    };
  });
}

/** What the column `flag` says of a pair. */
function flagOf(flag: string): Pick<PowerRow, 'monopoly' | 'costless' | 'trade'> {
  const [word = '', rest = ''] = flag.split(/:\s*(.*)/s);
  const listed = rest.split(/,\s*/).filter(Boolean);
  return {
    monopoly: word === 'monopoly' || word === 'lost' ? listed : [],
    costless: word === 'costless',
    trade: word !== 'no trade',
  };
}

/** Rows of the table `power` of a study. */
export function powerOfTable(table: ResultTable | null | undefined): PowerRow[] {
  if (table == null) return [];
  const reader = new TableReader(table);
  // Two worlds may describe the same year.
  const when =
    reader.distinct('year').length === reader.distinct('world').length ? 'year' : 'world';
  const several = reader.distinct('world').length > 1;
  return reader
    .rows((row) => reader.text('flag', row) !== 'same')
    .map((row) => ({
      sender: reader.text('sender', row),
      target: reader.text('target', row),
      when: several ? reader.text(when, row) : '',
      costIndex: reader.number('cost_index_pct', row),
      liuYang: times(reader.number('liu_yang', row), 100),
      settled: reader.number('target_loss_pct', row),
      senderLoss: reader.number('sender_loss_pct', row),
      ratio: reader.number('ratio', row),
      shortRun: reader.number('short_run_pct', row),
      ...flagOf(reader.text('flag', row)),
      world: reader.text('world', row),
      year: reader.number('year', row),
      sectors: reader.number('sectors', row),
      compares: reader.text('compares', row) !== 'no',
      ...bandsOf({
        costIndex: pair(reader, row, 'cost_index_p05_pct', 'cost_index_p95_pct'),
        liuYang: {
          low: times(reader.number('liu_yang_p05', row), 100),
          high: times(reader.number('liu_yang_p95', row), 100),
        },
        settled: pair(reader, row, 'target_loss_p05_pct', 'target_loss_p95_pct'),
        ratio: { low: null, high: null },
        // Over draws, or over the models of the range.
        shortRun: reader.number('short_run_p05_pct', row) === null
          ? pair(reader, row, 'short_run_low_pct', 'short_run_high_pct')
          : pair(reader, row, 'short_run_p05_pct', 'short_run_p95_pct'),
      }),
      ...(reader.number('rank_p05', row) === null
        ? {}
        : { places: { ...pair(reader, row, 'rank_p05', 'rank_p95'), top: reader.number('top_share', row) } }),
    }));
}

const pair = (reader: TableReader, row: number, low: string, high: string): PowerBand => ({
  low: reader.number(low, row),
  high: reader.number(high, row),
});

/** Labels in order of first appearance. */
export function partiesOf(rows: readonly PowerRow[], side: 'sender' | 'target'): string[] {
  return [...new Set(rows.map((row) => row[side]))];
}

export interface LinkSet {
  links: string[];
  lossPct: number | null;
  low: number | null;
  mid: number | null;
  high: number | null;
  senders: { region: string; lossPct: number | null }[];
  boundPct: number | null;
  proven: boolean;
  /** Share of draws whose best set has the rarest of its links. */
  bestSet?: number | null;
  /** Share of each purchase that is denied, where it is not all of it, and what the screen took it for. */
  cut?: number;
  firstOrderPct?: number | null;
}

export function linkSets(value: unknown): LinkSet[] {
  return records(value).map((set) => {
    const draws = isRecord(set['draws']) ? set['draws'] : {};
    return {
      links: texts(set['links']),
      lossPct: number(set['loss_pct']),
      low: number(draws['loss_p05_pct']),
      mid: number(draws['loss_p50_pct']),
      high: number(draws['loss_p95_pct']),
      senders: records(set['senders']).map((each) => ({
        region: String(each['region'] ?? ''),
        lossPct: number(each['loss_pct']),
      })),
      boundPct: number(set['bound_pct']),
      proven: set['bound_kind'] === 'proven',
      bestSet: number(draws['best_set_share']),
      firstOrderPct: number(set['first_order_pct']),
    };
  });
}

/** Sets of the table `chokepoints` of a study. */
export function setsOfTable(
  table: ResultTable | null | undefined,
  target: string,
  model: 'settled' | 'prices',
): LinkSet[] {
  if (table == null) return [];
  const reader = new TableReader(table);
  return reader
    .rows((row) => reader.text('target', row) === target && reader.text('model', row) === model)
    .map((row) => ({
      links: reader.text('links', row).split(' ').filter(Boolean),
      lossPct: reader.number('loss_pct', row),
      low: reader.number('loss_p05_pct', row),
      mid: reader.number('loss_p50_pct', row),
      high: reader.number('loss_p95_pct', row),
      // "USA 0.052, ROW 0.224"
      senders: reader
        .text('senders', row)
        .split(/,\s*/)
        .flatMap((words) => {
          const match = /^(.*) (-?[\d.]+(?:e-?\d+)?)$/.exec(words);
          return match === null ? [] : [{ region: match[1] ?? '', lossPct: Number(match[2]) }];
        }),
      boundPct: reader.number('bound_pct', row),
      proven: reader.text('bound_kind', row) === 'proven',
      bestSet: reader.number('best_set_share', row),
      ...partial(reader.number('cut', row)),
      firstOrderPct: reader.number('first_order_pct', row),
    }));
}

const partial = (cut: number | null) => (cut === null || cut >= 1 ? {} : { cut });

/** Kendall's tau between sets of trade elasticities, of one world. */
export function stabilityOf(
  table: ResultTable | null | undefined,
  column: 'tau_cost_index' | 'tau_settled_loss',
): { sets: string[]; values: (number | null)[][] } {
  if (table == null) return { sets: [], values: [] };
  const reader = new TableReader(table);
  const world = reader.distinct('world').at(-1) ?? '';
  const rows = reader.rows((row) => reader.text('world', row) === world);
  const sets = [...new Set(rows.map((row) => reader.text('set', row)))];
  const at = (a: string, b: string) => {
    const row = rows.find(
      (each) => reader.text('set', each) === a && reader.text('other_set', each) === b,
    );
    return row === undefined ? null : reader.number(column, row);
  };
  return { sets, values: sets.map((a) => sets.map((b) => at(a, b))) };
}

export interface PathAfter {
  region: string;
  line: string;
  points: {
    year: number;
    share: number | null;
    loss: number | null;
    low: number | null;
    high: number | null;
    senderLoss: number | null;
  }[];
}

/** What denials cost along paths to making lines at home: the table `power_after`. */
export function pathsAfter(table: ResultTable | null | undefined): PathAfter[] {
  if (table == null) return [];
  const reader = new TableReader(table);
  const paths = new Map<string, PathAfter>();
  for (const row of reader.rows()) {
    const region = reader.text('region', row);
    const line = reader.text('line', row);
    const key = JSON.stringify([region, line]);
    const path = paths.get(key) ?? { region, line, points: [] };
    paths.set(key, path);
    path.points.push({
      year: reader.number('year', row) ?? 0,
      share: reader.number('home_share', row),
      loss: reader.number('target_loss_pct', row),
      low: reader.number('target_loss_p05_pct', row),
      high: reader.number('target_loss_p95_pct', row),
      senderLoss: reader.number('sender_loss_pct', row),
    });
  }
  return [...paths.values()];
}

/** "proven: no other set of so many links costs more", or what is known instead. */
export function boundWords(set: LinkSet): string {
  if (set.boundPct === null) return 'not proven: other sets may cost more';
  if (!set.proven) return `at most ${formatPercent(set.boundPct)} by a rule of thumb`;
  return set.lossPct !== null && set.boundPct <= set.lossPct * (1 + 1e-9)
    ? 'proven: no other set costs more'
    : `proven: no set costs more than ${formatPercent(set.boundPct)}`;
}
