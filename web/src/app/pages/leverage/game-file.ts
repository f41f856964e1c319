// SPDX-License-Identifier: Apache-2.0
// A game file (TOML) and the answer to it, in the form that tables and ladders show.
import type { Game, Move, Payoff, Solved } from '../../../lib/contract/game';
import { records, texts } from '../../../lib/contract/leverage';
import { readToml } from '../scenario/toml/read';

type Row = Record<string, unknown>;
const isRecord = (value: unknown): value is Row =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const record = (value: unknown): Row => (isRecord(value) ? value : {});
const number = (value: unknown) =>
  typeof value === 'number' && Number.isFinite(value) ? value : null;
const name = (value: unknown) => (typeof value === 'string' ? value : '');

function payoffs(value: unknown): Record<string, Payoff> {
  return Object.fromEntries(
    Object.entries(record(value)).flatMap(([player, each]) => {
      const pair = Array.isArray(each) ? each : [each, each];
      const low = number(pair[0]);
      const high = number(pair[1]);
      return low === null || high === null ? [] : [[player, { low, high }]];
    }),
  );
}

function named(value: unknown): Record<string, string> {
  return Object.fromEntries(Object.entries(record(value)).map(([key, each]) => [key, name(each)]));
}

function numbers(value: unknown): Record<string, number> {
  return Object.fromEntries(
    Object.entries(record(value)).flatMap(([key, each]) => {
      const found = number(each);
      return found === null ? [] : [[key, found]];
    }),
  );
}

const nested = (value: unknown) =>
  Object.fromEntries(Object.entries(record(value)).map(([key, each]) => [key, numbers(each)]));

/** Throws TomlError where the text is no TOML. */
export function readGame(text: string): Game {
  const file = readToml(text).value as Row;
  return {
    title: name(file['title']),
    players: records(file['player']).map((each) => ({
      name: name(each['name']),
      actions: texts(each['actions']),
    })),
    outcomes: records(file['outcome']).map((each) => ({
      play: named(each['play']),
      payoffs: payoffs(each['payoffs']),
    })),
    rungs: records(file['rung']).map((each) => ({
      name: name(each['name']),
      player: name(each['player']),
      moves: records(each['move']).map((move): Move => ({
        name: name(move['name']),
        next: name(move['next']),
        payoffs: isRecord(move['payoffs']) ? payoffs(move['payoffs']) : null,
      })),
    })),
  };
}

export function readSolved(document: unknown): Solved {
  const from = record(document);
  const odds = isRecord(from['odds']) ? from['odds'] : null;
  const ladder = isRecord(from['ladder']) ? from['ladder'] : null;
  return {
    equilibria: records(from['equilibria']).map((each) => ({
      strategies: nested(each['strategies']),
      payoffs: numbers(each['payoffs']),
      pure: each['pure'] === true,
    })),
    continuum: from['continuum'] === true,
    complete: from['complete'] !== false,
    odds:
      odds === null
        ? null
        : {
            draws: number(odds['draws']) ?? 0,
            pure: records(odds['pure_equilibria']).map((each) => ({
              play: named(each['play']),
              share: number(each['share']) ?? 0,
            })),
            withoutPure: number(odds['without_pure']) ?? 0,
            several: number(odds['with_several']) ?? 0,
            playedInSome: nested(odds['played_in_some']),
            playedInAll: nested(odds['played_in_all']),
          },
    path: records(ladder?.['path']).map((each) => ({
      rung: name(each['rung']),
      player: name(each['player']),
      move: name(each['move']),
    })),
    pathPayoffs: ladder === null ? null : numbers(ladder['payoffs']),
    best: records(ladder?.['rungs']).map((each) => ({ rung: name(each['rung']), move: name(each['move']) })),
  };
}
