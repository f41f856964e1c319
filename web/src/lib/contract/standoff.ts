// SPDX-License-Identifier: Apache-2.0
// Stand-offs of a study: tables of payoffs, equilibria and ladder as a game and its answer.
import type { Equilibrium, Game, Move, Outcome, Payoff, Rung, Solved } from './game';
import type { LeverageTables } from './leverage';
import { TableReader } from './tables';

function of(tables: LeverageTables, name: string, standoff: string) {
  const table = tables[name];
  if (table === undefined) return null;
  const reader = new TableReader(table);
  return { reader, rows: reader.rows((row) => reader.text('standoff', row) === standoff) };
}

/** Names of all stand-offs. */
export function standoffs(tables: LeverageTables): string[] {
  const names = ['payoffs', 'ladder'].flatMap((name) => {
    const table = tables[name];
    return table === undefined ? [] : new TableReader(table).distinct('standoff');
  });
  return [...new Set(names)];
}

/** The middle nine tenths of the draws, or the central number twice. */
function band(reader: TableReader, row: number, name: string): Payoff | null {
  const central = reader.number(`${name}_pct`, row);
  const low = reader.number(`${name}_p05_pct`, row) ?? central;
  const high = reader.number(`${name}_p95_pct`, row) ?? central;
  return low === null || high === null ? null : { low, high };
}

function outcomesOf(tables: LeverageTables, standoff: string): Outcome[] {
  const found = of(tables, 'payoffs', standoff);
  if (found === null) return [];
  const { reader, rows } = found;
  const outcomes = new Map<string, Outcome>();
  for (const row of rows) {
    const play = reader.text('play', row);
    const player = reader.text('player', row);
    const outcome = outcomes.get(play) ?? { play: {}, payoffs: {}, losses: {} };
    outcomes.set(play, outcome);
    outcome.play[player] = reader.text('action', row);
    const payoff = band(reader, row, 'payoff');
    const loss = band(reader, row, 'loss');
    if (payoff !== null) outcome.payoffs[player] = payoff;
    if (loss !== null && outcome.losses !== undefined) outcome.losses[player] = loss;
  }
  return [...outcomes.values()];
}

function rungsOf(tables: LeverageTables, standoff: string): Rung[] {
  const found = of(tables, 'ladder', standoff);
  if (found === null) return [];
  const { reader, rows } = found;
  const ends = of(tables, 'ladder_ends', standoff);
  const payoffsAt = (rung: string, move: string): Record<string, Payoff> | null => {
    const own = (ends?.rows ?? []).filter(
      (row) => ends?.reader.text('rung', row) === rung && ends.reader.text('move', row) === move,
    );
    if (ends === null || own.length === 0) return null;
    return Object.fromEntries(
      own.flatMap((row) => {
        const payoff = band(ends.reader, row, 'payoff');
        return payoff === null ? [] : [[ends.reader.text('player', row), payoff]];
      }),
    );
  };
  const rungs = new Map<string, Rung>();
  for (const row of rows) {
    const name = reader.text('rung', row);
    const rung = rungs.get(name) ?? { name, player: reader.text('player', row), moves: [] };
    rungs.set(name, rung);
    const move = reader.text('move', row);
    const payoffs = payoffsAt(name, move);
    const leads = reader.text('leads_to', row);
    rung.moves.push({
      name: move,
      next: payoffs === null ? leads : '',
      payoffs,
      ...(payoffs === null ? {} : { inForce: leads, givesWay: reader.text('gives_way', row) }),
      credible: reader.number('credible_share', row),
      played: reader.number('path_share', row),
    } satisfies Move);
  }
  return [...rungs.values()];
}

export function gameOf(tables: LeverageTables, standoff: string): Game {
  const outcomes = outcomesOf(tables, standoff);
  const players = [...new Set(outcomes.flatMap(({ play }) => Object.keys(play)))];
  return {
    title: standoff,
    players: players.map((name) => ({
      name,
      actions: [...new Set(outcomes.flatMap(({ play }) => play[name] ?? []))],
    })),
    outcomes,
    rungs: rungsOf(tables, standoff),
    unit: '%',
  };
}

function pureShares(tables: LeverageTables, standoff: string, outcomes: readonly Outcome[]) {
  const found = of(tables, 'payoffs', standoff);
  if (found === null) return { marked: [], shares: [] };
  const plays = [...new Set(found.rows.map((row) => found.reader.text('play', row)))];
  const rowOf = (play: string) =>
    found.rows.find((row) => found.reader.text('play', row) === play) ?? 0;
  const shares = plays.flatMap((play, n) => {
    const outcome = outcomes[n];
    const share = found.reader.number('equilibrium_share', rowOf(play));
    return outcome === undefined || share === null ? [] : [{ play: outcome.play, share }];
  });
  const marked = plays.flatMap((play, n) =>
    found.reader.text('equilibrium', rowOf(play)) === 'yes' ? (outcomes[n] ?? []) : [],
  );
  return { marked, shares };
}

/** Equilibria in words: mixed ones, which the table of payoffs cannot mark, among them. */
export function equilibriumLines(tables: LeverageTables, standoff: string): string[] {
  const found = of(tables, 'equilibria', standoff);
  if (found === null) return [];
  const { reader, rows } = found;
  const numbers = [...new Set(rows.map((row) => reader.text('equilibrium', row)))];
  return numbers.map((number) =>
    rows
      .filter((row) => reader.text('equilibrium', row) === number)
      .map((row) => `${reader.text('player', row)}: ${reader.text('strategy', row)}`)
      .join('; '),
  );
}

export function solvedOf(tables: LeverageTables, standoff: string): Solved {
  const outcomes = outcomesOf(tables, standoff);
  const { marked, shares } = pureShares(tables, standoff, outcomes);
  const equilibria = marked.map((outcome): Equilibrium => ({
    strategies: Object.fromEntries(
      Object.entries(outcome.play).map(([player, action]) => [player, { [action]: 1 }]),
    ),
    payoffs: {},
    pure: true,
  }));
  const odds = of(tables, 'action_odds', standoff);
  const nested = (column: string) => {
    const all: Record<string, Record<string, number>> = {};
    for (const row of odds?.rows ?? []) {
      const player = odds?.reader.text('player', row) ?? '';
      const share = odds?.reader.number(column, row) ?? null;
      const own = (all[player] ??= {});
      if (share !== null) own[odds?.reader.text('action', row) ?? ''] = share;
    }
    return all;
  };
  const ladder = of(tables, 'ladder', standoff);
  const steps = (column: string) =>
    (ladder?.rows ?? [])
      .filter((row) => ladder?.reader.text(column, row) === 'yes')
      .map((row) => ({
        rung: ladder?.reader.text('rung', row) ?? '',
        player: ladder?.reader.text('player', row) ?? '',
        move: ladder?.reader.text('move', row) ?? '',
      }));
  return {
    equilibria,
    continuum: false,
    complete: true,
    odds:
      shares.length === 0
        ? null
        : {
            draws: 0,
            pure: shares,
            withoutPure: 0,
            several: 0,
            playedInSome: nested('possible_share'),
            playedInAll: nested('certain_share'),
          },
    path: steps('on_path'),
    pathPayoffs: null,
    best: steps('chosen'),
  };
}
