// SPDX-License-Identifier: Apache-2.0
// Bargains, signals and frontiers of a run: of an answer, or of a study, which may hold several.
import type { LeverageTables } from '../../../../lib/contract/leverage';
import {
  amountWords,
  readBargains,
  readFrontiers,
  readSignals,
  type Bargain,
  type Frontier,
  type Signal,
} from '../../../../lib/contract/threats';
import type { ResultTable } from '../../../../lib/contract/types';
import { makeTable } from '../../../lib/tables';
import { bargainTables, frontierTables, signalTables } from '../../leverage/threat-tables';
import type { Loaded, Part } from './entries';
import type { KeyNumber } from './key-numbers';
import { resultsOf } from './views';

type Name = (parties: string) => string;
type Read<T> = (entry: Pick<Loaded, 'document' | 'run'>) => { variant: string; data: T }[];

/** `of` an answer of this kind its tables, which `read` then reads like those of a study. */
function reading<T>(
  kind: string,
  of: (document: unknown) => LeverageTables,
  read: (tables: LeverageTables) => T[],
  variant: (data: T) => string,
): Read<T> {
  return ({ document, run }) => {
    const results = resultsOf(document);
    const tables =
      results !== null
        ? Object.fromEntries(results.tables.map((table) => [table.name, table]))
        : run.kind === kind
          ? of(document)
          : {};
    const seen = new Map<string, number>();
    return read(tables).map((data) => {
      const name = variant(data);
      const times = (seen.get(name) ?? 0) + 1;
      seen.set(name, times);
      return { variant: times === 1 ? name : `${name}, no. ${times}`, data };
    });
  };
}

export const bargainsOf = reading<Bargain>(
  'leverage-bargain',
  bargainTables,
  readBargains,
  ({ first, second }) => `${first.party} and ${second.party}`,
);
export const signalsOf = reading<Signal>(
  'leverage-signal',
  signalTables,
  readSignals,
  ({ target, sender, instrument }) => `${target} to ${sender}, by ${instrument}`,
);
export const frontiersOf = reading<Frontier>(
  'leverage-frontier',
  frontierTables,
  readFrontiers,
  ({ buyer, rivals }) => `${buyer} from ${rivals}`,
);

export function bargainNumbers(name: Name): KeyNumber<Bargain>[] {
  const percent = (key: string, title: string, of: KeyNumber<Bargain>['of']) => ({ name: key, title, unit: '%', of });
  return [
    { name: 'first', title: 'First side', type: 'text', of: ({ first }) => name(first.party) },
    { name: 'second', title: 'Second side', type: 'text', of: ({ second }) => name(second.party) },
    { name: 'weight', title: 'Weight of the first', of: ({ weight }) => weight },
    percent('first_loss', 'First loses by a break', ({ first }) => first.loss.mid),
    percent('second_loss', 'Second loses by a break', ({ second }) => second.loss.mid),
    {
      name: 'transfer',
      title: 'First pays second',
      type: 'text',
      description: 'Below zero: the second pays the first.',
      of: ({ transfer, money }) =>
        transfer.mid === null ? '' : `${transfer.mid < 0 ? '−' : ''}${amountWords(transfer.mid, money)}`,
    },
    percent('first_gain', 'First gains by the agreement', ({ first }) => first.gain),
    percent('second_gain', 'Second gains by the agreement', ({ second }) => second.gain),
    { name: 'flag', title: 'Flag', type: 'text', of: ({ flag }) => flag },
  ];
}

const share = (value: number | null) => (value === null ? null : 100 * value);

export function signalNumbers(): KeyNumber<Signal>[] {
  const percent = (key: string, title: string, of: KeyNumber<Signal>['of']) => ({ name: key, title, unit: '%', of });
  return [
    percent('belief', 'Believed resilient', ({ belief }) => share(belief)),
    percent('deterring', 'Deterred from a belief of', ({ deterring }) => share(deterring)),
    percent('resilient', 'A resilient target loses', ({ resilientLoss }) => resilientLoss),
    percent('dependent', 'A dependent target loses', ({ dependentLoss }) => dependentLoss),
    percent('from', 'Shows resilience from purchases given up', ({ separating }) => share(separating.low)),
    percent('to', 'and up to', ({ separating }) => share(separating.high)),
    percent('cost', 'The cheapest signal costs', ({ cost }) => cost),
    { name: 'outcome', title: 'Outcome', type: 'text', of: ({ outcome }) => outcome },
  ];
}

export function frontierNumbers(): KeyNumber<Frontier>[] {
  const percent = (key: string, title: string, of: KeyNumber<Frontier>['of']) => ({ name: key, title, unit: '%', of });
  const half = ({ points }: Frontier) => points.find(({ removed }) => (removed ?? 0) >= 0.5);
  const last = ({ points }: Frontier) => points.at(-1);
  return [
    percent('exposure', 'A denial makes living dearer by', ({ points }) => points[0]?.exposure ?? null),
    percent('half', 'Half of it removed costs', (frontier) => half(frontier)?.cost ?? null),
    percent('removed', 'Removed at most', (frontier) => share(last(frontier)?.removed ?? null)),
    percent('most', 'which costs', (frontier) => last(frontier)?.cost ?? null),
    { name: 'captive', title: 'Sectors held by the rivals alone', type: 'integer', of: ({ captive }) => captive },
  ];
}

interface Point {
  run: string;
  removed: number | null;
  cost: number | null;
  exposure: number | null;
}

/** Points of all frontiers below each other. */
export function frontiersTable(parts: readonly Part<Frontier>[]): ResultTable {
  return makeTable<Point>(
    'frontiers',
    'What less exposure costs',
    [
      { name: 'run', title: 'Run', type: 'text' },
      { name: 'removed', title: 'Exposure removed', unit: '%' },
      { name: 'cost', title: 'Dearer by the plan', unit: '%' },
      { name: 'exposure', title: 'Dearer by a denial', unit: '%' },
    ],
    parts.flatMap(({ name, data }) =>
      data.points.map(({ removed, cost, exposure }) => ({ run: name, removed: share(removed), cost, exposure })),
    ),
  );
}

/** Costs of both types below each other. */
export function signalTable({ curves }: Signal): ResultTable {
  return makeTable<{ type: string; given_up: number; cost: number | null }>(
    'signal_costs',
    'What giving up purchases costs',
    [
      { name: 'type', title: 'Type', type: 'text' },
      { name: 'given_up', title: 'Given up', unit: '%' },
      { name: 'cost', title: 'Costs', unit: '%' },
    ],
    curves.flatMap(({ type, givenUp, cost }) =>
      givenUp.map((value, i) => ({ type, given_up: 100 * value, cost: cost[i] ?? null })),
    ),
  );
}

/** Both sides of a bargain, a row each. */
export function sidesTable({ first, second }: Bargain, name: Name): ResultTable {
  return makeTable<Bargain['first']>(
    'sides',
    'What a break would cost each side',
    [
      { name: 'side', title: 'Side', type: 'text', of: ({ party }) => name(party) },
      { name: 'loss', title: 'Loses by a break', unit: '%', of: ({ loss }) => loss.mid },
      { name: 'low', title: '5 % of draws', unit: '%', of: ({ loss }) => loss.low },
      { name: 'high', title: '95 % of draws', unit: '%', of: ({ loss }) => loss.high },
      { name: 'gain', title: 'Gains by the agreement', unit: '%' },
      { name: 'credible', title: 'Would carry the threat out', type: 'text', of: ({ credible }) => (credible ? 'yes' : 'no') },
    ],
    [first, second],
  );
}

/** Ends of an axis for the costs of all signals, at round numbers; null if there are none. */
export function costRange(signals: readonly Signal[]): { min: number; max: number } | null {
  const costs = signals.flatMap(({ curves }) => curves.flatMap(({ cost }) => cost.flatMap((value) => value ?? [])));
  const max = costs.reduce((top, value) => Math.max(top, value), 0);
  const min = costs.reduce((least, value) => Math.min(least, value), 0);
  if (max === min) return null;
  const step = 10 ** Math.floor(Math.log10(max - min));
  // Zero whatever the rounding: no minus in front of it.
  return { min: min < 0 ? Math.floor(min / step) * step : 0, max: Math.ceil(max / step) * step };
}
