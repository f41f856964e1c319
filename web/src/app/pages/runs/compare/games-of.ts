// SPDX-License-Identifier: Apache-2.0
// Games of runs: of a posted game file with its answer, or stand-offs of a study.
import { pureProfile, samePlay, type Game, type Solved } from '../../../../lib/contract/game';
import { LEVERAGE_TABLES } from '../../../../lib/contract/leverage';
import { gameOf, solvedOf, standoffs } from '../../../../lib/contract/standoff';
import { findTable } from '../../../../lib/contract/tables';
import type { ResultTable } from '../../../../lib/contract/types';
import { makeTable } from '../../../lib/tables';
import { readGame, readSolved } from '../../leverage/game-file';
import type { Loaded, Part } from './entries';
import { resultsOf } from './views';

export interface Played {
  game: Game;
  solved: Solved | null;
}

export function gamesOf({ document, request }: Loaded): { variant: string; data: Played }[] {
  const results = resultsOf(document);
  if (results !== null) {
    const tables = Object.fromEntries(
      LEVERAGE_TABLES.flatMap((name) => {
        const table = findTable(results, name);
        return table === null ? [] : [[name, table] as const];
      }),
    );
    return standoffs(tables).map((variant) => ({
      variant,
      data: { game: gameOf(tables, variant), solved: solvedOf(tables, variant) },
    }));
  }
  const text = request?.['game'];
  if (typeof text !== 'string') return [];
  try {
    const game = readGame(text);
    return [{ variant: game.title, data: { game, solved: readSolved(document) } }];
  } catch {
    // A file of a later version.
    return [];
  }
}

type Name = (player: string) => string;

const playName = (play: Record<string, string>, name: Name) =>
  Object.entries(play)
    .map(([player, action]) => `${name(player)}: ${action}`)
    .join('; ');

const unitOf = (game: Game) => (game.unit === '%' ? { unit: '%' } : {});

function marked(solved: Solved | null, play: Record<string, string>): boolean {
  return (solved?.equilibria ?? []).some((each) => {
    const pure = pureProfile(each);
    return pure !== null && samePlay(pure, play);
  });
}

export function payoffTable(game: Game, solved: Solved | null, name: Name): ResultTable {
  const rows = game.outcomes.flatMap(({ play, payoffs }) =>
    Object.entries(payoffs).map(([player, payoff]) => ({ play, player, payoff })),
  );
  type Row = (typeof rows)[number];
  return makeTable<Row>(
    'payoffs',
    'Payoffs',
    [
      { name: 'play', title: 'Play', type: 'text', of: (row) => playName(row.play, name) },
      { name: 'player', title: 'Player', type: 'text', of: (row) => name(row.player) },
      { name: 'low', title: 'Payoff, low', ...unitOf(game), of: (row) => row.payoff.low },
      { name: 'high', title: 'Payoff, high', ...unitOf(game), of: (row) => row.payoff.high },
      { name: 'equilibrium', title: 'Equilibrium', type: 'text', of: (row) => (marked(solved, row.play) ? 'yes' : 'no') },
    ],
    rows,
  );
}

/** Middles of the payoffs by play and player in all runs; null with a single run. */
export function payoffDifferences(parts: readonly Part<Played>[], name: Name): ResultTable | null {
  if (parts.length < 2) return null;
  interface Row {
    play: string;
    player: string;
    values: (number | null)[];
    marks: boolean[];
  }
  const rows = new Map<string, Row>();
  parts.forEach(({ data: { game, solved } }, p) => {
    for (const { play, payoffs } of game.outcomes)
      for (const [player, { low, high }] of Object.entries(payoffs)) {
        const words = playName(Object.fromEntries(Object.entries(play).sort()), name);
        const key = JSON.stringify([words, player]);
        const row = rows.get(key) ?? {
          play: words,
          player: name(player),
          values: parts.map(() => null),
          marks: parts.map(() => false),
        };
        rows.set(key, row);
        row.values[p] = (low + high) / 2;
        row.marks[p] = marked(solved, play);
      }
  });
  const unit = parts.every(({ data }) => data.game.unit === '%') ? { unit: '%' } : {};
  return makeTable<Row>(
    'payoffs_compared',
    'Payoffs, middle of their ranges',
    [
      { name: 'play', title: 'Play', type: 'text' },
      { name: 'player', title: 'Player', type: 'text' },
      ...parts.map((part, p) => ({
        name: `run_${p + 1}`,
        title: part.name,
        ...unit,
        of: (row: Row) => row.values[p] ?? null,
      })),
      ...(parts.length === 2
        ? [
            {
              name: 'difference',
              title: 'Difference',
              ...unit,
              description: 'Second less first.',
              of: ({ values: [a, b] }: Row) => (a == null || b == null ? null : b - a),
            },
          ]
        : []),
      {
        name: 'equilibrium_in',
        title: 'Equilibrium in run',
        type: 'text',
        of: (row: Row) => parts.flatMap((part, p) => (row.marks[p] === true ? [part.entry.run.id] : [])).join(', ') || 'none',
      },
    ],
    [...rows.values()],
  );
}
