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
