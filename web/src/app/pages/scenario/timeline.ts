// SPDX-License-Identifier: Apache-2.0
// Events as bars over days: where they begin, reach full strength, end and have faded.
import type { EventSpec } from './events';
import type { TomlTable } from './toml/types';

export interface Bar {
  from: number;
  /** First day at full strength. */
  full: number;
  /** First day without effect; null: never ends. */
  to: number | null;
  /** Day on which nothing is left of the effect. */
  gone: number | null;
}

/** What of a bar is moved. */
export type Handle = 'whole' | 'from' | 'ramp' | 'to';

const day = (event: TomlTable, key: string, otherwise: number) => {
  const value = event[key];
  return typeof value === 'number' && Number.isFinite(value) ? value : otherwise;
};

export function barOf(event: TomlTable, spec: EventSpec): Bar | null {
  if (spec.time === 'none') return null;
  if (spec.time === 'instant') {
    const from = day(event, 'day', 0);
    const gone = from + day(event, 'rebuild_days', 60);
    return { from, full: from, to: from, gone };
  }
  const from = day(event, 'from_day', 0);
  if (spec.time === 'start') return { from, full: from, to: null, gone: null };
  const to = typeof event['to_day'] === 'number' ? event['to_day'] : null;
  return {
    from,
    full: from + day(event, 'ramp_days', 0),
    to,
    gone: to === null ? null : to + day(event, 'recovery_days', 0),
  };
}

/** Handles that an event has, for the keyboard. */
export function handlesOf(spec: EventSpec): Handle[] {
  return spec.time === 'span' ? ['from', 'ramp', 'to'] : spec.time === 'none' ? [] : ['from'];
}

/**
 * What changes in the event when a handle goes to a day; undefined removes a key. The end may go
 * beyond the last day: then the event never ends.
 */
export function moved(
  event: TomlTable,
  spec: EventSpec,
  handle: Handle,
  wished: number,
  horizon: number,
): Record<string, number | undefined> {
  const bar = barOf(event, spec);
  if (bar === null) return {};
  const at = Math.max(0, Math.round(wished));
  if (spec.time === 'instant') return { day: Math.min(at, horizon) };
  if (spec.time === 'start') return { from_day: Math.min(at, horizon) };
  if (handle === 'ramp') return { ramp_days: Math.max(0, at - bar.from) || undefined };
  if (handle === 'to') return { to_day: at > horizon ? undefined : Math.max(bar.from + 1, at) };
  if (handle === 'from') {
    const last = bar.to === null ? horizon : bar.to - 1;
    return { from_day: Math.min(at, last) };
  }
  const from = Math.min(at, horizon);
  return { from_day: from, ...(bar.to === null ? {} : { to_day: from + bar.to - bar.from }) };
}

/** Days of a scale of at most `most` ticks, in steps people count by. */
export function ticks(horizon: number, most: number): number[] {
  const steps = [1, 5, 10, 30, 60, 90, 180, 365, 730, 1825, 3650];
  const step = steps.find((each) => horizon / each <= most) ?? 3650;
  return Array.from({ length: Math.floor(horizon / step) + 1 }, (_, i) => i * step);
}

/** The date of a day when day 0 has one: "3 Mar 2027"; empty otherwise. */
export function dateOf(start: string, days: number): string {
  const begin = /^\d{4}-\d{2}-\d{2}$/.test(start) ? Date.parse(`${start}T00:00:00Z`) : NaN;
  if (Number.isNaN(begin)) return '';
  return new Date(begin + days * 86_400_000).toLocaleDateString('en-GB', {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    timeZone: 'UTC',
  });
}
