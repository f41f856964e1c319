// SPDX-License-Identifier: Apache-2.0
// Reads every year of the series ahead, so that the slider never waits.
import { api } from '../../lib/api';
import { worlds } from '../../lib/worlds.svelte';
import { frameName, type Frame, type RelianceRow } from './measures';

const known = new Map<string, Promise<Frame>>();

/** A world with the dependence of all its regions; asked once. */
export function readFrame(id: string): Promise<Frame> {
  let found = known.get(id);
  if (found === undefined) {
    found = Promise.all([
      worlds.read(id),
      api.ask('/api/v1/depend', { world: id, buyers: [], top: 1 }),
    ]).then(([world, answer]) => ({
      world,
      name: frameName(id),
      reliance: (answer as unknown as { reliance: RelianceRow[] }).reliance,
    }));
    found.catch(() => known.delete(id));
    known.set(id, found);
  }
  return found;
}
