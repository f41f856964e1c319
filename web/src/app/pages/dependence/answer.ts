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

type Asked<T> = ((world: string, buyer: string) => Promise<T>) & {
  /** Puts an answer in that came another way. */
  put: (world: string, buyer: string, answer: T) => void;
};

/** A small store of answers: going back to a buyer asks nothing. */
export function remember<T>(ask: (world: string, buyer: string) => Promise<T>): Asked<T> {
  const known = new Map<string, Promise<T>>();
  const keyOf = (world: string, buyer: string) => `${world}\n${buyer}`;
  const read = (world: string, buyer: string): Promise<T> => {
    const key = keyOf(world, buyer);
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
  const put = (world: string, buyer: string, answer: T) => {
    if (!known.has(keyOf(world, buyer))) known.set(keyOf(world, buyer), Promise.resolve(answer));
  };
  return Object.assign(read, { put });
}

export const readDependence = remember(async (world, buyer): Promise<Dependence> => {
  const answer = (await api.ask('/api/v1/depend', {
    world,
    buyers: [buyer],
    top: TOP,
  })) as unknown as Omit<Dependence, 'world' | 'buyer'>;
  return { world, buyer, ...answer };
});

type Lists = Omit<Dependence, 'world' | 'buyer'>;

/** One answer about many buyers, by buyer. */
export function split(world: string, answer: Lists): Dependence[] {
  const found = new Map<string, Dependence>();
  const of = (buyer: string) => {
    const one = found.get(buyer) ?? { world, buyer, reliance: [], suppliers: [], concentration: [] };
    found.set(buyer, one);
    return one;
  };
  for (const row of answer.reliance) of(row.buyer).reliance.push(row);
  for (const row of answer.suppliers) of(row.buyer).suppliers.push(row);
  for (const row of answer.concentration) of(row.buyer).concentration.push(row);
  return [...found.values()];
}

const ahead = new Set<string>();

/** Reads all regions of a world in one question, so that a click on one need not ask. */
export async function readAhead(world: string): Promise<void> {
  if (ahead.has(world)) return;
  ahead.add(world);
  try {
    const answer = await api.ask('/api/v1/depend', { world, buyers: [], top: TOP });
    for (const one of split(world, answer as unknown as Lists))
      readDependence.put(world, one.buyer, one);
  } catch {
    // Nobody waits for this: a click then asks by itself, and says what is wrong.
    ahead.delete(world);
  }
}

export const readTiers = remember(
  (world, buyer): Promise<Tiers> => api.ask('/api/v1/tiers', { world, buyer, tiers: 3 }),
);
