// SPDX-License-Identifier: Apache-2.0
// Names, map and vintage of a run: from its own document where that tells them, because its world
// may have been removed since, or never have been on this server.
import { Names } from '../../lib/contract/names';
import { readResults } from '../../lib/contract/parse';
import { vintage } from '../../lib/format/vintage';
import type { Run } from './api';
import { worlds, type WorldInfo } from './worlds.svelte';

export type RunWorld = Pick<WorldInfo, 'id' | 'regions' | 'sectors' | 'names' | 'vintage' | 'unit' | 'estimated'>;

/** From a document that names its regions; null for others. */
export function worldIn(run: Pick<Run, 'world'>, document: unknown): RunWorld | null {
  if (typeof document !== 'object' || document === null || !('regions' in document)) return null;
  // Its tables are read elsewhere, and are large.
  const parsed = readResults({ ...document, tables: [] } as never);
  if (!parsed.ok || parsed.results.regions.length === 0) return null;
  const { regions, origin } = parsed.results;
  return {
    id: run.world === '' ? origin.world.name : run.world,
    regions,
    sectors: parsed.results.sectors,
    names: new Names(parsed.results),
    vintage: vintage({ ...origin.world, source: '' }),
    unit: origin.world.unit,
    estimated: origin.world.estimated,
  };
}

/** Of a run; labels stand for themselves where neither document nor server knows their names. */
export async function worldOf(run: Pick<Run, 'world'>, document: unknown): Promise<RunWorld> {
  const own = worldIn(run, document);
  if (own !== null) return own;
  try {
    if (run.world !== '') return await worlds.read(run.world);
    // A game is played in no world, but its players often are countries.
    return { ...(await worlds.read(worlds.id)), id: '', vintage: '', estimated: false };
  } catch {
    // Removed since: what follows says so.
  }
  return {
    id: run.world,
    regions: [],
    sectors: [],
    names: new Names({ regions: [], sectors: [] }),
    vintage: run.world === '' ? '' : `World ${run.world}, which is no longer on this server.`,
    unit: '',
    estimated: false,
  };
}
