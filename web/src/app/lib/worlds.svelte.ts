// SPDX-License-Identifier: Apache-2.0
// The worlds of the server, and what is known of each: labels, names, groups, provenance.
import { Names } from '../../lib/contract/names';
import type { Region, Sector, World } from '../../lib/contract/types';
import { vintage } from '../../lib/format/vintage';
import { api, type Schemas } from './api';
import { router } from './router.svelte';
import { toasts } from './toasts.svelte';

export type WorldEntry = Schemas['Worlds']['worlds'][number];

export interface RegionTotals {
  gross_output: number;
  value_added: number;
  final_demand: number;
}

/** In the world's unit per year. */
export interface Totals extends RegionTotals {
  regions: Record<string, RegionTotals>;
}

interface WorldDocument {
  table: {
    title: string;
    year: number | null;
    unit: string;
    price_basis: string;
    source: string;
    licence: string;
    history: string;
    estimated: boolean;
  };
  regions: { label: string; name: string; members?: string[] }[];
  sectors: { label: string; name: string }[];
  categories: { label: string; name: string }[];
  industries: number;
  totals: Totals;
}

/** A world with everything pages need to name and place its parts. */
export interface WorldInfo {
  id: string;
  about: World;
  history: string;
  regions: Region[];
  sectors: Sector[];
  categories: Sector[];
  names: Names;
  /** One line for under figures; the foot of the page names the sources in full. */
  vintage: string;
  unit: string;
  estimated: boolean;
  totals: Totals;
}

export function toWorldInfo(id: string, document: WorldDocument): WorldInfo {
  const named = ({ label, name }: { label: string; name: string }) => ({
    label,
    name: name || label,
  });
  const { table } = document;
  const about: World = { name: id, ...table };
  const regions = document.regions.map((each) => ({ ...named(each), members: each.members ?? [] }));
  const sectors = document.sectors.map(named);
  return {
    id,
    about,
    history: table.history,
    regions,
    sectors,
    categories: document.categories.map(named),
    names: new Names({ regions, sectors }),
    vintage: vintage({ ...about, source: '' }),
    unit: table.unit,
    estimated: table.estimated,
    totals: document.totals,
  };
}

/** The world shown unless the address names another. */
export const DEFAULT_WORLD = 'world-2022e';

class Worlds {
  list = $state.raw<WorldEntry[]>([]);
  /** The world of the address, once it is read; the one before until then. */
  current = $state.raw<WorldInfo | null>(null);
  #known = new Map<string, Promise<WorldInfo>>();

  get id(): string {
    const asked = router.param('world');
    if (asked !== '') return asked;
    const first = this.list[0]?.id ?? DEFAULT_WORLD;
    return this.list.some(({ id }) => id === DEFAULT_WORLD) ? DEFAULT_WORLD : first;
  }

  /** Reads a world once; later calls share the answer. */
  read(id: string): Promise<WorldInfo> {
    let found = this.#known.get(id);
    if (found === undefined) {
      found = api
        .get('/api/v1/worlds/{world}', { path: { world: id } })
        .then((document) => toWorldInfo(id, document as unknown as WorldDocument));
      found.catch(() => this.#known.delete(id));
      this.#known.set(id, found);
    }
    return found;
  }

  /** After an upload or a removal. */
  async refresh() {
    this.list = (await api.get('/api/v1/worlds')).worlds;
  }

  /** Makes `id` the current world; an id that is not there says so and keeps the one before. */
  async show(id: string) {
    try {
      const info = await this.read(id);
      if (this.id === id) this.current = info;
    } catch (error) {
      toasts.error(error);
      if (this.id !== id) return;
      // Back to the one that is shown, else to the first: never a page that waits for ever.
      if (this.current !== null) router.set({ world: this.current.id });
      else if (router.param('world') !== '') router.set({ world: null });
    }
  }
}

export const worlds = new Worlds();

/** "world-2022e" -> "2022 (estimated)"; other ids as they are. What tells worlds apart comes first. */
export function worldTitle(entry: WorldEntry): string {
  const built = /^world-(\d{4})(e?)(-wide)?$/.exec(entry.id);
  if (entry.kind !== 'built-in' || built === null) return entry.id;
  const [, year, estimated, wide] = built;
  return `${year}${wide === undefined ? '' : ', more sectors'}${estimated === 'e' ? ' (estimated)' : ''}`;
}
