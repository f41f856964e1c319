// SPDX-License-Identifier: Apache-2.0
// What can happen in a scenario, and the fields each event has. Keys without a field stay as they are
// in the text.
import { DAILY, DAILY_MODEL } from './daily-events';
import type { EventSpec, Family } from './event-types';
import { TRADE, TRADE_MODEL } from './trade-events';

export type { EventSpec, Family, FieldSpec, RoleSpec } from './event-types';
export { DAILY_MODEL, TRADE_MODEL };

export const EVENTS: readonly EventSpec[] = [...DAILY, ...TRADE];

export function eventsOf(family: Family): readonly EventSpec[] {
  return family === 'daily' ? DAILY : TRADE;
}

export function specOf(family: Family, type: string): EventSpec | null {
  return eventsOf(family).find((spec) => spec.type === type) ?? null;
}
