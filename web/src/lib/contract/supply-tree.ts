// SPDX-License-Identifier: Apache-2.0
// The supply tree of a technology: which makers, denied, make the product dearest; who holds which stage.
import { formatPercent, formatShare } from '../format/numbers';
import type { LeverageTables } from './leverage';
import { pick, TableReader } from './tables';
import type { ResultTable } from './types';

export interface TreeSet {
  links: string[];
  /** Dearer, %; null where the product cannot be made without them. */
  cost: number | null;
  low: number | null;
  high: number | null;
  best: number | null;
  bound: number | null;
}

export interface TreeStage {
  stage: string;
  title: string;
  costShare: number | null;
  homeShare: number | null;
  largest: string;
  largestShare: number | null;
  cost: number | null;
  /** The product cannot be made without the largest maker abroad, or a gate hangs on it. */
  flag: string;
}

export interface TreeActor {
  name: string;
  country: string;
  cost: number | null;
  /** What arises at it, % of the product's cost. */
  value: number | null;
  stopped: string;
}

export interface SupplyTree {
  technology: string;
  /** Who is denied. */
  target: string;
  sets: TreeSet[];
  stages: TreeStage[];
  actors: TreeActor[];
  /** The tables of this tree alone. */
  tables: LeverageTables;
}

const NAMES = ['supply_tree_sets', 'supply_tree_stages', 'supply_tree_actors'] as const;

function rows<Row>(table: ResultTable | undefined, of: (reader: TableReader, row: number) => Row): Row[] {
  if (table === undefined) return [];
  const reader = new TableReader(table);
  return reader.rows().map((row) => of(reader, row));
}

function treeOf(technology: string, target: string, tables: LeverageTables): SupplyTree {
  return {
    technology,
    target,
    tables,
    sets: rows(tables['supply_tree_sets'], (reader, row) => ({
      links: reader.text('links', row).split(/,\s*/).filter(Boolean),
      cost: reader.number('cost_pct', row),
      low: reader.number('cost_p05_pct', row),
      high: reader.number('cost_p95_pct', row),
      best: reader.number('best_share', row),
      bound: reader.number('bound_pct', row),
    })),
    stages: rows(tables['supply_tree_stages'], (reader, row) => ({
      stage: reader.text('stage', row),
      title: reader.text('title', row) || reader.text('stage', row),
      costShare: reader.number('cost_share_pct', row),
      homeShare: reader.number('home_share_pct', row),
      largest: reader.text('largest', row),
      largestShare: reader.number('largest_share_pct', row),
      cost: reader.number('cost_pct', row),
      flag: reader.text('flag', row),
    })),
    actors: rows(tables['supply_tree_actors'], (reader, row) => ({
      name: reader.text('name', row),
      country: reader.text('country', row),
      cost: reader.number('cost_pct', row),
      value: reader.number('value_pct', row),
      stopped: reader.text('stopped', row),
    })),
  };
}

/** One for each technology and target that the tables are about. */
export function readSupplyTrees(tables: LeverageTables): SupplyTree[] {
  const keys = new Map<string, [string, string]>();
  for (const name of NAMES)
    rows(tables[name], (reader, row): [string, string] => [
      reader.text('technology', row),
      reader.text('target', row),
    ]).forEach((pair) => keys.set(JSON.stringify(pair), pair));
  return [...keys.values()].map(([technology, target]) =>
    treeOf(
      technology,
      target,
      Object.fromEntries(
        NAMES.flatMap((name) => {
          const own = pick(pick(tables[name] ?? null, 'technology', technology), 'target', target);
          return own === null ? [] : [[name, own]];
        }),
      ),
    ),
  );
}

type Name = (region: string) => string;

/** "TWN:system" -> "Taiwan: Servers and networks" */
export function treeLink(tree: SupplyTree, link: string, name: Name): string {
  const at = link.indexOf(':');
  if (at < 0) return link;
  const stage = link.slice(at + 1);
  return `${name(link.slice(0, at))}: ${tree.stages.find((each) => each.stage === stage)?.title ?? stage}`;
}

/** The worst stage, and those without which nothing is made. */
export function treeWords(tree: SupplyTree, name: Name): string {
  const stops = tree.stages.filter(({ flag }) => flag === 'stops');
  const dear = tree.stages
    .filter(({ cost, flag }) => cost !== null && flag !== 'stops')
    .sort((a, b) => (b.cost ?? 0) - (a.cost ?? 0))[0];
  const parts = [
    stops.length === 0
      ? ''
      : `Without the largest maker abroad the product cannot be made: ${stops.map(({ title, largest }) => `${title} (${name(largest)})`).join('; ')}.`,
    dear?.cost == null
      ? ''
      : `${stops.length === 0 ? 'Most' : 'Of the others most'} hangs on ${dear.title}: without ${name(dear.largest)}, which has ${formatPercent(dear.largestShare)} of world supply, a unit is ${formatPercent(dear.cost)} dearer.`,
  ];
  return parts.filter(Boolean).join(' ');
}

export function treeSetWords(set: TreeSet): string {
  const cost = set.cost === null ? 'the product cannot be made' : `${formatPercent(set.cost)} dearer`;
  const band = set.low === null || set.high === null ? '' : ` (${formatPercent(set.low)} to ${formatPercent(set.high)} over draws)`;
  const best = set.best === null || set.best === 0 ? '' : `; the worst set in ${formatShare(set.best)} of the draws`;
  const bound =
    set.bound === null
      ? '; not proven'
      : set.cost !== null && set.bound <= set.cost * (1 + 1e-9)
        ? '; proven: no other set costs more'
        : `; no set costs more than ${formatPercent(set.bound)}`;
  return cost + band + best + bound;
}
