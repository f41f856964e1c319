// SPDX-License-Identifier: Apache-2.0
// A threat game: who can do what, what each combination pays, what is an equilibrium.
import { formatNumber, formatPercent, formatShare } from '../format/numbers';

export interface Payoff {
  low: number;
  high: number;
}

export interface Outcome {
  play: Record<string, string>;
  payoffs: Record<string, Payoff>;
  /** What of it comes from trade, where that is known apart. */
  losses?: Record<string, Payoff>;
}

export interface Move {
  name: string;
  next: string;
  payoffs: Record<string, Payoff> | null;
  /** What is in force where the game ends, and who gives way. */
  inForce?: string;
  givesWay?: string;
  /** Shares of draws: its player would do it; play goes there. */
  credible?: number | null;
  played?: number | null;
}

export interface Rung {
  name: string;
  player: string;
  moves: Move[];
}

export interface Game {
  title: string;
  players: { name: string; actions: string[] }[];
  outcomes: Outcome[];
  rungs: Rung[];
  /** "%" where payoffs are shares of real final use. */
  unit?: '%';
}

export interface Equilibrium {
  /** By player: actions with how often each is played. */
  strategies: Record<string, Record<string, number>>;
  payoffs: Record<string, number>;
  pure: boolean;
}

/** What came out, as linchpin.leverage-game says it. */
export interface Solved {
  equilibria: Equilibrium[];
  /** Several equilibria share strategies: their mixtures are equilibria, too. */
  continuum: boolean;
  complete: boolean;
  odds: {
    draws: number;
    pure: { play: Record<string, string>; share: number }[];
    withoutPure: number;
    several: number;
    playedInSome: Record<string, Record<string, number>>;
    playedInAll: Record<string, Record<string, number>>;
  } | null;
  path: { rung: string; player: string; move: string }[];
  pathPayoffs: Record<string, number> | null;
  /** Best move of every rung, on the path or off it. */
  best: { rung: string; move: string }[];
}

export const samePlay = (a: Record<string, string>, b: Record<string, string>) =>
  Object.keys(a).length === Object.keys(b).length &&
  Object.entries(a).every(([player, action]) => b[player] === action);

/** "gains 0.2", "loses 1 to 3", "unchanged" */
export function payoffWords({ low, high }: Payoff, unit?: '%'): string {
  const text = (value: number) =>
    unit === '%' ? formatPercent(Math.abs(value)) : formatNumber(Math.abs(value));
  const same = low === high;
  if (low === 0 && high === 0) return 'unchanged';
  if (low >= 0) return same ? `gains ${text(low)}` : `gains ${text(low)} to ${text(high)}`;
  if (high <= 0) return same ? `loses ${text(high)}` : `loses ${text(high)} to ${text(low)}`;
  return `between a loss of ${text(low)} and a gain of ${text(high)}`;
}

/** The pure profile of an equilibrium; null where a player mixes. */
export function pureProfile(equilibrium: Equilibrium): Record<string, string> | null {
  const profile: Record<string, string> = {};
  for (const [player, odds] of Object.entries(equilibrium.strategies)) {
    const played = Object.entries(odds).filter(([, share]) => share > 1e-9);
    const only = played[0];
    if (played.length !== 1 || only === undefined) return null;
    profile[player] = only[0];
  }
  return profile;
}

export function strategyWords(odds: Record<string, number>): string {
  const played = Object.entries(odds).filter(([, share]) => share > 1e-9);
  if (played.length === 1) return `plays “${played[0]?.[0] ?? ''}”`;
  return `mixes ${played.map(([action, share]) => `“${action}” (${formatShare(share)})`).join(' and ')}`;
}

type Name = (player: string) => string;

export function equilibriumWords(equilibrium: Equilibrium, name: Name, unit?: '%'): string {
  const parts = Object.entries(equilibrium.strategies).map(([player, odds]) => {
    const value = equilibrium.payoffs[player];
    const rounded = value === undefined ? null : Number(value.toPrecision(4));
    const paid = rounded === null ? '' : ` and ${payoffWords({ low: rounded, high: rounded }, unit)}`;
    return `${name(player)} ${strategyWords(odds)}${paid.replace('and unchanged', 'and stays where it is')}`;
  });
  return `${parts.join('; ')}.`;
}

/** Whether a threat is believed: between the share of draws in which it is always and ever played. */
export function credibleWords(solved: Solved, player: string, action: string, name: Name): string {
  const some = solved.odds?.playedInSome[player]?.[action];
  const all = solved.odds?.playedInAll[player]?.[action];
  if (some === undefined || all === undefined) return '';
  return `${name(player)}, “${action}”: credible in ${formatShare(all)} to ${formatShare(some)} of the draws`;
}
