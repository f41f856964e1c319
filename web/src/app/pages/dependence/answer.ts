// SPDX-License-Identifier: Apache-2.0
// What the engine says about one buyer, read once per buyer and world.
import { api, type Schemas } from '../../lib/api';

export interface SupplierRow {
  buyer: string;
  rank: number;
  supplier: string;
  face_value: number;
  look_through: number;
  hidden: number;
  value_added_origin: number;
}

export interface RegionRow {
  buyer: string;
  supplier: string;
  face_value: number;
  look_through: number;
  hidden: number;
  value_added_origin: number;
}

export interface ConcentrationRow {
  buyer: string;
  measure: 'face_value' | 'look_through';
  hhi_foreign: number | null;
  effective_suppliers_foreign: number | null;
  largest_foreign: string | null;
  largest_foreign_share: number | null;
}

export interface Dependence {
  world: string;
  buyer: string;
  reliance: RegionRow[];
  suppliers: SupplierRow[];
  concentration: ConcentrationRow[];
}

export type Tiers = Schemas['Tiers'];

/** As many supplying industries as the treemap shows. */
export const TOP = 60;

/** A small store of answers: going back to a buyer asks nothing. */
export function remember<T>(ask: (world: string, buyer: string) => Promise<T>) {
  const known = new Map<string, Promise<T>>();
  return (world: string, buyer: string): Promise<T> => {
    const key = `${world}\n${buyer}`;
    let found = known.get(key);
    if (found === undefined) {
      found = ask(world, buyer);
      found.catch(() => known.delete(key));
      known.set(key, found);
      const oldest = known.keys().next().value;
      if (known.size > 200 && oldest !== undefined) known.delete(oldest);
    }
    return found;
  };
}

export const readDependence = remember(async (world, buyer): Promise<Dependence> => {
  const answer = (await api.ask('/api/v1/depend', {
    world,
    buyers: [buyer],
    top: TOP,
  })) as unknown as Omit<Dependence, 'world' | 'buyer'>;
  return { world, buyer, ...answer };
});

export const readTiers = remember(
  (world, buyer): Promise<Tiers> => api.ask('/api/v1/tiers', { world, buyer, tiers: 3 }),
);
