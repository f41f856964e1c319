// SPDX-License-Identifier: Apache-2.0
// An event in a few words.
import type { WorldInfo } from '../../lib/worlds.svelte';
import { roleValues, toList, type EventRef } from './study';
import type { Toml } from './toml/types';

const FEW = 3;

function listed(values: readonly string[], name: (label: string) => string): string {
  if (values.length === 0) return 'nobody yet';
  if (values.includes('*') || values.includes('all')) return 'all';
  const more = values.length > FEW ? ` and ${values.length - FEW} more` : '';
  return values.slice(0, FEW).map(name).join(', ') + more;
}

const percent = (value: Toml | undefined) =>
  typeof value === 'number' ? `${Number((value * 100).toPrecision(4))}\u202f%` : '';

function days(event: EventRef): string {
  const { from_day: from, to_day: to, day } = event.value;
  if (typeof day === 'number') return `on day ${day}`;
  if (event.spec.time === 'none' || event.spec.time === 'instant') return '';
  const begin = typeof from === 'number' ? from : 0;
  return typeof to === 'number' ? `days ${begin} to ${to}` : `from day ${begin}`;
}

export function eventWords(event: EventRef, world: WorldInfo): string {
  const { spec, value } = event;
  const name = (label: string) =>
    label.includes(':')
      ? world.names.industry(label).replace(/: \*$/, ': all industries')
      : world.names.region(label);
  const parties = spec.roles
    .map((role) => listed(roleValues(value, role), name))
    .join(spec.type === 'closure' ? ' ↔ ' : ' → ');
  // Who levies stands first in a tariff; the goods go the other way.
  const levied = ['tariff', 'iceberg', 'quota'].includes(spec.type);
  const when = typeof value['when'] === 'string' ? value['when'].replace('>', ' against ') : '';
  const products = toList(value['sectors'] ?? value['products'] ?? value['product']);
  const size = percent(value['share'] ?? value['rate'] ?? value['add'] ?? value['change'] ?? value['left']);
  return [
    levied ? parties.replace(' → ', ' on ') : parties,
    when,
    products.length === 0 ? '' : listed(products, (label) => world.names.sector(label)),
    size,
    days(event),
  ]
    .filter(Boolean)
    .join(' · ');
}
