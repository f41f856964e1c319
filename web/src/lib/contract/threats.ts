// SPDX-License-Identifier: Apache-2.0
// Bargains, signals, sourcing frontiers and defences: rows of their tables, and what they say.
import { formatMoney } from '../format/money';
import { formatPercent, formatShare } from '../format/numbers';
import type { LeverageTables } from './leverage';
import type { Names } from './names';
import { questionsOf, rowsByQuestion, tellingColumns } from './questions';
import { subTable, TableReader } from './tables';
import type { ResultTable } from './types';

export interface Spread {
  mid: number | null;
  low: number | null;
  high: number | null;
}

type Name = (parties: string) => string;

/** Regions that act together are joined by a plus. */
export function partyName(names: Names): Name {
  return (parties) =>
    parties
      .split('+')
      .map((each) => names.region(each))
      .join(' + ');
}

function readerOf(tables: LeverageTables, name: string): TableReader | null {
  const table = tables[name];
  return table === undefined || (table.data[0]?.length ?? 0) === 0 ? null : new TableReader(table);
}

export interface Side {
  party: string;
  /** Lost by a break, % of its real final spending. */
  loss: Spread;
  /** By the agreement over the break, % of its own spending. */
  gain: number | null;
  /** The most the other side hands over rather than see the break, money a year. */
  demand: number | null;
  credible: boolean;
  /** What the other side loses over what it loses itself. */
  ratio: number | null;
}

export interface Bargain {
  first: Side;
  second: Side;
  sectors: string;
  weight: number | null;
  surplus: number | null;
  /** Above zero from the first to the second. */
  transfer: Spread;
  /** Unit of amounts. */
  money: string;
  flag: string;
}

export function readBargains(tables: LeverageTables): Bargain[] {
  const reader = readerOf(tables, 'bargains');
  if (reader === null) return [];
  const money = reader.column('transfer')?.unit ?? '';
  return reader.rows().map((row) => {
    const at = (name: string) => reader.number(name, row);
    const spread = (name: string, end: string): Spread => ({
      mid: at(`${name}${end}`),
      low: at(`${name}_p05${end}`),
      high: at(`${name}_p95${end}`),
    });
    const side = (which: 'first' | 'second'): Side => ({
      party: reader.text(which, row),
      loss: spread(`${which}_loss`, '_pct'),
      gain: at(`${which}_gain_pct`),
      demand: at(`${which}_demand`),
      credible: reader.text(`${which}_credible`, row) === 'yes',
      ratio: at(`${which}_ratio`),
    });
    return {
      first: side('first'),
      second: side('second'),
      sectors: reader.text('sectors', row),
      weight: at('weight'),
      surplus: at('surplus'),
      transfer: spread('transfer', ''),
      money,
      flag: reader.text('flag', row),
    };
  });
}

/** An amount a year in the unit of its column. */
export function amountWords(value: number, unit: string): string {
  return `${formatMoney(Math.abs(value), unit.replace(/ (per|a) year$/, ''))} a year`;
}

/** Who pays whom, and whose threat is believed. */
export function bargainWords(bargain: Bargain, name: Name): string[] {
  const { first, second, transfer } = bargain;
  const [a, b] = [name(first.party), name(second.party)];
  if (transfer.mid === null || bargain.surplus === null)
    return [`${a} and ${b}: ${bargain.flag === '' ? 'no answer' : bargain.flag}.`];
  const [payer, paid] = transfer.mid >= 0 ? [a, b] : [b, a];
  const band =
    transfer.low === null || transfer.high === null
      ? ''
      : transfer.low < 0 && transfer.high > 0
        ? ' (over the draws the direction is open)'
        : ` (nine draws of ten: ${[transfer.low, transfer.high]
            .map(Math.abs)
            .sort((p, q) => p - q)
            .map((value) => amountWords(value, bargain.money).replace(/ a year$/, ''))
            .join(' to ')})`;
  const agreed =
    Math.abs(transfer.mid) < 1e-9 * Math.max(1, bargain.surplus)
      ? `${a} and ${b} would agree without anybody paying`
      : `${payer} would pay ${paid} ${amountWords(transfer.mid, bargain.money)}${band}`;
  const lines = [
    `${agreed} to keep ${bargain.sectors === 'all' || bargain.sectors === '' ? 'all trade' : `trade in ${bargain.sectors}`} open: a break would cost ${a} ${formatPercent(first.loss.mid)} and ${b} ${formatPercent(second.loss.mid)} of real final spending.`,
  ];
  const believed = [first, second].filter(({ credible }) => credible).map(({ party }) => name(party));
  lines.push(
    believed.length === 0
      ? 'Neither would carry out the threat by itself: it costs more than it is worth.'
      : `${believed.join(' and ')} would carry the threat out: it costs no more than it is worth.`,
  );
  return lines;
}

export interface Signal {
  target: string;
  sender: string;
  sectors: string;
  instrument: string;
  belief: number | null;
  deterring: number | null;
  resilientLoss: number | null;
  dependentLoss: number | null;
  demand: number | null;
  separating: { low: number | null; high: number | null };
  poolingHigh: number | null;
  mixingHigh: number | null;
  mixingShare: number | null;
  cost: number | null;
  outcome: string;
  curves: { type: string; givenUp: number[]; cost: (number | null)[] }[];
  /** Its rows of the table of costs. */
  costs: ResultTable | null;
}

export function readSignals(tables: LeverageTables): Signal[] {
  const reader = readerOf(tables, 'signals');
  if (reader === null) return [];
  const costs = readerOf(tables, 'signal_costs');
  const columns = tellingColumns(['target', 'sender'], costs === null ? [reader] : [reader, costs]);
  const questions = questionsOf(reader, columns, null);
  const costRows =
    costs === null ? new Map<string, number[]>() : rowsByQuestion(questionsOf(costs, columns, 'type'));
  const curve = (rows: readonly number[], type: string) => {
    const points = rows
      .filter((row) => costs?.text('type', row) === type)
      .map((row) => ({ x: costs?.number('given_up', row) ?? null, y: costs?.number('cost_pct', row) ?? null }))
      .filter((point): point is { x: number; y: number | null } => point.x !== null)
      .sort((p, q) => p.x - q.x);
    return { type, givenUp: points.map(({ x }) => x), cost: points.map(({ y }) => y) };
  };
  return reader.rows().map((row) => {
    const at = (name: string) => reader.number(name, row);
    const target = reader.text('target', row);
    const sender = reader.text('sender', row);
    const own = costRows.get(questions[row] ?? '') ?? [];
    return {
      target,
      sender,
      sectors: reader.text('sectors', row),
      instrument: reader.text('instrument', row),
      belief: at('belief'),
      deterring: at('deterring_belief'),
      resilientLoss: at('resilient_loss_pct'),
      dependentLoss: at('dependent_loss_pct'),
      demand: at('demand_pct'),
      separating: { low: at('separating_low'), high: at('separating_high') },
      poolingHigh: at('pooling_high'),
      mixingHigh: at('mixing_high'),
      mixingShare: at('mixing_share'),
      cost: at('signal_cost_pct'),
      outcome: reader.text('outcome', row),
      curves: ['resilient', 'dependent']
        .map((type) => curve(own, type))
        .filter(({ givenUp }) => givenUp.length > 0),
      costs: costs === null ? null : subTable(costs.table, own, ['target', 'sender', 'question']),
    };
  });
}

export function signalWords(signal: Signal, name: Name): string {
  const [target, sender] = [name(signal.target), name(signal.sender)];
  const { low, high } = signal.separating;
  if (low !== null && high !== null)
    return (
      `By giving up ${formatShare(low)} to ${formatShare(high)} of its purchases from ${sender}, ${target} can show that it is resilient: ` +
      `a dependent ${target} would not do it` +
      (signal.cost === null ? '.' : `. The cheapest such signal costs ${formatPercent(signal.cost)} of real final spending a year.`)
    );
  if (signal.poolingHigh !== null)
    return `${target} is believed resilient often enough that the threat does not pay; buying less from ${sender} shows nothing more.`;
  return `No reduction of purchases from ${sender} tells a resilient ${target} from a dependent one (${signal.outcome === '' ? 'no answer' : signal.outcome}).`;
}

export interface FrontierPoint {
  kind: string;
  mu: number | null;
  cost: number | null;
  exposure: number | null;
  removed: number | null;
  rivalShare: number | null;
}

export interface Frontier {
  buyer: string;
  rivals: string;
  points: FrontierPoint[];
  captive: number;
  /** Which sectors were planned, where the table says so. */
  about: string;
  /** Its rows of the tables. */
  table: ResultTable;
  sectors: ResultTable | null;
}

/** One for each buyer and its rivals; points with the least exposure removed first. */
export function readFrontiers(tables: LeverageTables): Frontier[] {
  const reader = readerOf(tables, 'frontier');
  if (reader === null) return [];
  const planned = readerOf(tables, 'frontier_sectors');
  const columns = tellingColumns(['buyer', 'rivals'], planned === null ? [reader] : [reader, planned]);
  const plannedRows =
    planned === null ? null : rowsByQuestion(questionsOf(planned, columns, 'kind'));
  return [...rowsByQuestion(questionsOf(reader, columns, 'kind'))].map(([question, rows]) => {
    const first = rows[0] ?? 0;
    const points = rows.map((row) => ({
      kind: reader.text('kind', row),
      mu: reader.number('mu', row),
      cost: reader.number('cost_pct', row),
      exposure: reader.number('exposure_pct', row),
      removed: reader.number('exposure_removed', row),
      rivalShare: reader.number('rival_share', row),
    }));
    return {
      buyer: reader.text('buyer', first),
      rivals: reader.text('rivals', first),
      points: points.sort((a, b) => (a.removed ?? 0) - (b.removed ?? 0)),
      captive: rows.reduce((most, row) => Math.max(most, reader.number('captive', row) ?? 0), 0),
      about: reader.has('sectors') ? reader.text('sectors', first) : '',
      table: subTable(reader.table, rows, ['buyer', 'rivals', 'question']),
      sectors:
        planned === null
          ? null
          : subTable(planned.table, plannedRows?.get(question) ?? [], ['buyer', 'rivals', 'question']),
    };
  });
}

export interface PlannedSector {
  sector: string;
  weight: number | null;
  privateShare: number | null;
  planned: number | null;
  wedge: number | null;
  tariff: number | null;
  exposure: number | null;
  captive: boolean;
}

/** Sectors of one point of a frontier, the largest move first. */
export function plannedSectors(
  { sectors }: Pick<Frontier, 'sectors'>,
  point: { kind: string; mu: number | null },
): PlannedSector[] {
  if (sectors === null) return [];
  const reader = new TableReader(sectors);
  const move = (each: PlannedSector) =>
    Math.abs((each.privateShare ?? 0) - (each.planned ?? 0)) * (each.weight ?? 0);
  return reader
    .rows(
      (row) =>
        reader.number('mu', row) === point.mu &&
        (!reader.has('kind') || reader.text('kind', row) === point.kind),
    )
    .map((row) => ({
      sector: reader.text('sector', row),
      weight: reader.number('weight', row),
      privateShare: reader.number('private_share', row),
      planned: reader.number('planned_share', row),
      wedge: reader.number('wedge_pct', row),
      tariff: reader.number('tariff_pct', row),
      exposure: reader.number('exposure_pct', row),
      captive: reader.text('flag', row).includes('captive'),
    }))
    .sort((a, b) => move(b) - move(a));
}

/** What the first half of the exposure costs: the knee of a frontier in a sentence. */
export function frontierWords(frontier: Frontier, name: Name): string {
  const [buyer, rivals] = [name(frontier.buyer), name(frontier.rivals)];
  const start = frontier.points[0];
  const half = frontier.points.find(({ removed }) => (removed ?? 0) >= 0.5);
  const end = frontier.points.at(-1);
  if (start?.exposure == null || end === undefined) return `No frontier for ${buyer}.`;
  const now = `A denial by ${rivals} would make living in ${buyer} ${formatPercent(start.exposure)} dearer at unchanged wages`;
  const point = half ?? end;
  if (point.removed === null || point === start) return `${now}.`;
  return `${now}; taking away ${formatShare(point.removed)} of that would make it ${formatPercent(Math.max(0, point.cost ?? 0))} dearer all the time.`;
}

export interface DefencePlan {
  plan: string;
  measures: string;
  cost: number | null;
  loss: number | null;
  bound: number | null;
  assumed: boolean;
}

export interface DefenceOf {
  target: string;
  plans: DefencePlan[];
}

export function readDefences(tables: LeverageTables): DefenceOf[] {
  const reader = readerOf(tables, 'defence');
  if (reader === null) return [];
  return reader.distinct('target').map((target) => ({
    target,
    plans: reader
      .rows((row) => reader.text('target', row) === target)
      .map((row) => ({
        plan: reader.text('plan', row),
        measures: reader.text('measures', row),
        cost: reader.number('cost_pct', row),
        loss: reader.number('loss_pct', row),
        bound: reader.number('bound_pct', row),
        assumed: reader.text('flag', row) !== '',
      })),
  }));
}

/** Links inside of words about measures, by name: "CHN:C26 halved" -> "China: Electronics halved". */
export function measureWords(measures: string, names: Names): string {
  return measures
    .split(/,\s*/)
    .filter(Boolean)
    .map((each) => each.replace(/\b[A-Za-z0-9_]+:[A-Za-z0-9_]+/, (link) => names.industry(link)))
    .join('; ');
}

export function defenceWords({ target, plans }: DefenceOf, names: Names): string {
  const before = plans.find(({ plan }) => plan === 'undefended');
  const best = plans.find(({ plan }) => plan === 'best');
  const who = names.region(target);
  if (before?.loss == null) return `No worst attack was found for ${who}.`;
  if (best?.loss == null || best.measures === '')
    return `The worst attack found costs ${who} ${formatPercent(before.loss)}; no measure on offer lowers it.`;
  return (
    `The worst attack found costs ${who} ${formatPercent(before.loss)} of real income, by prices alone; ` +
    `with the best measures it is ${formatPercent(best.loss)}, at a cost of ${formatPercent(best.cost)} of what it spends: ${measureWords(best.measures, names)}.`
  );
}
