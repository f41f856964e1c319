// SPDX-License-Identifier: Apache-2.0
import type { World } from '../contract/types';

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

/** One line that says where numbers come from, of which year, in which unit and prices. */
export function vintage(world: World): string {
  const name = world.title || world.name || 'Unnamed world';
  const year = world.year === null ? 'year not stated' : String(world.year);
  const named = name.includes(year) ? name : `${name}, ${year}`;
  const unit = [world.unit, world.price_basis].filter((part) => part !== '').join(', ');
  const parts = [sentence(`Data: ${named}${unit === '' ? '' : `; ${unit}`}`)];
  if (world.source !== '') parts.push(sentence(`Source: ${world.source}`));
  return parts.join(' ');
}

/** The same without the sources: for figures of a section that names them once. */
export function briefVintage(text: string): string {
  return text.replace(/ Source: .*?(?= Data: |$)/gs, '');
}
