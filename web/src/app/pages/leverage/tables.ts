// SPDX-License-Identifier: Apache-2.0
// Answers about leverage as tables.
import type { BarRow } from '../../../lib/charts/bars';
import type { LinkRank } from '../../../lib/contract/chokepoints';
import { boundWords, type LinkSet, type PowerRow } from '../../../lib/contract/leverage';
import type { ResultTable } from '../../../lib/contract/types';
import { formatPercent } from '../../../lib/format/numbers';
import { makeTable } from '../../lib/tables';

type Name = (label: string) => string;

export function powerTable(rows: readonly PowerRow[], name: Name): ResultTable {
  return makeTable(
    'power',
    'Power of regions over each other',
    [
      { name: 'sender', title: 'Sender', type: 'text', of: (row: PowerRow) => name(row.sender) },
      { name: 'target', title: 'Target', type: 'text', of: (row: PowerRow) => name(row.target) },
      { name: 'cost_index_pct', title: 'Cost index', unit: '%', of: (row) => row.costIndex },
      { name: 'liu_yang_pct', title: 'Liu–Yang, net', unit: '%', of: (row) => row.liuYang },
      { name: 'target_loss_pct', title: 'Settled loss', unit: '%', of: (row) => row.settled },
      { name: 'sender_loss_pct', title: 'Sender’s loss', unit: '%', of: (row) => row.senderLoss },
      { name: 'equilibrium_ratio', title: 'Ratio', of: (row) => row.ratio },
      { name: 'short_run_pct', title: 'First year', unit: '%', of: (row) => row.shortRun },
      {
        name: 'costless',
        title: 'Costless',
        type: 'text',
        of: (row) => (row.costless ? 'yes' : 'no'),
      },
      { name: 'monopoly', title: 'Monopoly', type: 'text', of: (row) => row.monopoly.join('; ') },
    ],
    rows,
  );
}

export function setsTable(sets: readonly LinkSet[], title: string, name: Name, region: Name): ResultTable {
  return makeTable(
    'chokepoints',
    title,
    [
      { name: 'links', title: 'Links denied', type: 'text', of: (set: LinkSet) => set.links.map(name).join('; ') },
      { name: 'loss_pct', title: 'Loss of the target', unit: '%', of: (set) => set.lossPct },
      { name: 'loss_p05_pct', title: '5 % of draws', unit: '%', of: (set) => set.low },
      { name: 'loss_p95_pct', title: '95 % of draws', unit: '%', of: (set) => set.high },
      {
        name: 'senders',
        title: 'Senders and their losses, %',
        type: 'text',
        of: (set) => set.senders.map((each) => `${region(each.region)} ${each.lossPct?.toFixed(3) ?? '–'}`).join('; '),
      },
      { name: 'bound', title: 'Bound', type: 'text', of: boundWords },
    ],
    sets,
  );
}

export function linksTable(links: readonly LinkRank[], title: string, name: Name): ResultTable {
  return makeTable(
    'chokepoint_links',
    title,
    [
      { name: 'link', title: 'Link', type: 'text', of: (row: LinkRank) => name(row.link) },
      { name: 'best_set_share', title: 'In the worst set', unit: 'share of draws', of: (row) => row.best },
      { name: 'top_share', title: 'Among the first one by one', unit: 'share of draws', of: (row) => row.top },
      { name: 'rank_p05', title: 'Rank, 5 %', of: (row) => row.rank.low },
      { name: 'rank_p50', title: 'Rank, median', of: (row) => row.rank.mid },
      { name: 'rank_p95', title: 'Rank, 95 %', of: (row) => row.rank.high },
    ],
    links,
  );
}

export interface Plan {
  measures: string[];
  costPct: number | null;
  lossPct: number | null;
  boundPct: number | null;
}

export interface Defence {
  undefended: { lossPct: number | null; boundPct: number | null };
  best: Plan | null;
  perCost: Plan | null;
  ladder: Plan[];
  leastPct: number | null;
  exhaustive: boolean;
}

const number = (value: unknown) =>
  typeof value === 'number' && Number.isFinite(value) ? value : null;
const record = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};

function plan(value: unknown): Plan | null {
  const from = record(value);
  if (!Array.isArray(from['measures'])) return null;
  return {
    measures: from['measures'].map(String),
    costPct: number(from['cost_pct']),
    lossPct: number(from['loss_pct']),
    boundPct: number(from['bound_pct']),
  };
}

export function readDefence(document: unknown): Defence {
  const from = record(document);
  const undefended = record(from['undefended']);
  return {
    undefended: { lossPct: number(undefended['loss_pct']), boundPct: number(undefended['bound_pct']) },
    best: plan(from['best']),
    perCost: plan(from['best_per_cost']),
    ladder: (Array.isArray(from['ladder']) ? from['ladder'] : []).flatMap((each) => plan(each) ?? []),
    leastPct: number(from['least_possible_pct']),
    exhaustive: from['exhaustive'] === true,
  };
}

export function defenceTable(defence: Defence, name: Name): ResultTable {
  return makeTable(
    'defence',
    'What to fix first',
    [
      { name: 'steps', title: 'Measures', type: 'integer', of: (row: Plan) => row.measures.length },
      { name: 'measures', title: 'Purchases moved away from', type: 'text', of: (row) => row.measures.map(name).join('; ') },
      { name: 'cost_pct', title: 'Cost', unit: '%', of: (row) => row.costPct },
      { name: 'loss_pct', title: 'Worst loss left', unit: '%', of: (row) => row.lossPct },
    ],
    defence.ladder,
  );
}

/** The worst loss before any measure and after each. */
export function defenceBars(defence: Defence, name: Name): BarRow[] {
  const rows = [
    { steps: 'Before', loss: defence.undefended.lossPct, cost: 0 as number | null, what: '' },
    ...defence.ladder.map((plan) => ({
      steps: `After ${plan.measures.length} ${plan.measures.length === 1 ? 'measure' : 'measures'}`,
      loss: plan.lossPct,
      cost: plan.costPct,
      what: plan.measures.map(name).join('; '),
    })),
  ];
  return rows.map((row) => ({
    label: row.steps,
    value: row.loss,
    details: [
      { label: 'Worst loss left', value: formatPercent(row.loss) },
      { label: 'Purchases moved', value: formatPercent(row.cost) },
      ...(row.what === '' ? [] : [{ label: 'Away from', value: row.what }]),
    ],
  }));
}
