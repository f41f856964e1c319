// SPDX-License-Identifier: Apache-2.0
// Stand-offs in time: what actions are, how long rungs take, the first year by the daily model.
import { formatNumber, formatPercent } from '../format/numbers';
import type { LeverageTables } from './leverage';
import { TableReader } from './tables';

function of(tables: LeverageTables, name: string, standoff: string) {
  const table = tables[name];
  if (table === undefined) return null;
  const reader = new TableReader(table);
  return { reader, rows: reader.rows((row) => reader.text('standoff', row) === standoff) };
}

export interface StandoffAction {
  player: string;
  action: string;
  kind: string;
  what: string;
}

export function standoffActions(tables: LeverageTables, standoff: string): StandoffAction[] {
  const found = of(tables, 'standoff_actions', standoff);
  return (found?.rows ?? []).map((row) => ({
    player: found?.reader.text('player', row) ?? '',
    action: found?.reader.text('action', row) ?? '',
    kind: found?.reader.text('kind', row) ?? '',
    what: found?.reader.text('what', row) ?? '',
  }));
}

export interface RungTime {
  rung: string;
  decides: string;
  inForce: string;
  /** Shares of the horizon. */
  from: number;
  takes: number;
  months: number | null;
  losses: { player: string; loss: number | null; low: number | null; high: number | null }[];
}

export function rungTimes(tables: LeverageTables, standoff: string): RungTime[] {
  const found = of(tables, 'ladder_rungs', standoff);
  if (found === null) return [];
  const { reader } = found;
  const rungs = new Map<string, RungTime>();
  for (const row of found.rows) {
    const rung = reader.text('rung', row);
    const own = rungs.get(rung) ?? {
      rung,
      decides: reader.text('decides', row),
      inForce: reader.text('in_force', row),
      from: reader.number('from_share', row) ?? 0,
      takes: reader.number('duration_share', row) ?? 0,
      months: reader.number('months', row),
      losses: [],
    };
    rungs.set(rung, own);
    own.losses.push({
      player: reader.text('player', row),
      loss: reader.number('loss_pct', row),
      low: reader.number('loss_p05_pct', row),
      high: reader.number('loss_p95_pct', row),
    });
  }
  return [...rungs.values()];
}

/** "months 0 to 3", or the share of the horizon where it is no number of months. */
export function rungSpan(rung: RungTime): string {
  if (rung.takes <= 0) return 'decided at once';
  const tidy = (value: number) => formatNumber(Math.round(value * 10) / 10);
  if (rung.months === null)
    return `${formatPercent(100 * rung.from)} to ${formatPercent(100 * (rung.from + rung.takes))} of the horizon`;
  const whole = rung.months / rung.takes;
  return `months ${tidy(rung.from * whole)} to ${tidy((rung.from + rung.takes) * whole)}`;
}

export interface FirstYearRow {
  inForce: string;
  region: string;
  plays: boolean;
  settled: number | null;
  daily: number | null;
  reason: string;
}

export function firstYear(tables: LeverageTables, standoff: string): { rows: FirstYearRow[]; days: number | null } {
  const found = of(tables, 'first_year', standoff);
  if (found === null) return { rows: [], days: null };
  const { reader, rows } = found;
  return {
    days: rows[0] === undefined ? null : reader.number('days', rows[0]),
    rows: rows.map((row) => ({
      inForce: reader.text('in_force', row),
      region: reader.text('region', row),
      plays: reader.text('role', row) === 'player',
      settled: reader.number('settled_pct', row),
      daily: reader.number('daily_pct', row),
      reason: reader.text('reason', row),
    })),
  };
}

export interface AfterYear {
  year: number;
  homeShare: number | null;
  /** Shares of the draws in which the player gives way; up to `may` where moves are worth the same. */
  givesWay: number | null;
  may: number | null;
}

export interface StandoffAfter {
  line: string;
  players: { player: string; years: AfterYear[] }[];
}

/** The stand-off at the shares of a path to making the line at home, by line and player. */
export function standoffAfter(tables: LeverageTables, standoff: string): StandoffAfter[] {
  const found = of(tables, 'standoff_after', standoff);
  if (found === null) return [];
  const { reader } = found;
  const lines = new Map<string, StandoffAfter>();
  for (const row of found.rows) {
    const line = reader.text('line', row);
    const own = lines.get(line) ?? { line, players: [] };
    lines.set(line, own);
    const name = reader.text('player', row);
    let player = own.players.find((each) => each.player === name);
    if (player === undefined) own.players.push((player = { player: name, years: [] }));
    player.years.push({
      year: reader.number('year', row) ?? 0,
      homeShare: reader.number('home_share', row),
      givesWay: reader.number('gives_way_share', row),
      may: reader.number('may_give_way_share', row),
    });
  }
  return [...lines.values()];
}

/** "With 16.7 % made at home China gives way in 56.3 % of the draws (2025), with 60 % in 6.25 % (2035)." */
export function standoffAfterWords(after: StandoffAfter, name: (player: string) => string): string {
  return after.players
    .flatMap(({ player, years }) => {
      const [first, last] = [years[0], years.at(-1)];
      if (first?.givesWay == null || last?.givesWay == null || first === last) return [];
      if (years.every(({ givesWay }) => givesWay === 0)) return [`${name(player)} never gives way.`];
      const share = (value: number | null) => formatPercent(value === null ? null : 100 * value);
      return [
        `${name(player)} gives way in ${share(first.givesWay)} of the draws with ${share(first.homeShare)} made at home (${first.year}), ` +
          `in ${share(last.givesWay)} with ${share(last.homeShare)} (${last.year}).`,
      ];
    })
    .join(' ');
}
