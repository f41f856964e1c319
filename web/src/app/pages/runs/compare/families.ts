// SPDX-License-Identifier: Apache-2.0
// What runs can be compared by: each family of figures knows which runs hold it, which tables of a
// study it reads, and the component that draws it for all of them on one scale.
import type { Component } from 'svelte';
import { AUTONOMY_TABLES, LEVERAGE_TABLES } from '../../../../lib/contract/table-names';
import type { Run } from '../../../lib/api';
import { NO_TABLE } from '../../../lib/documents';
import { DAY_TABLES } from '../../disruption/of-study';
import { SETTLED_TABLES } from '../../equilibrium/view';
import type { Entry, Loaded } from './entries';

export interface Family {
  key: string;
  title: string;
  /** Runs of one answer that hold it. */
  kinds: readonly Run['kind'][];
  /** Tables of a study any of which it needs; none: any table. */
  needs: readonly string[];
  /** All tables of a study that it reads. */
  reads: readonly string[];
  load: () => Promise<{ default: Component<{ entries: readonly Loaded[] }> }>;
}

export const FAMILIES: readonly Family[] = [
  {
    key: 'losses',
    title: 'Losses by region',
    kinds: ['disrupt', 'equilibrium'],
    needs: ['loss_by_region', 'equilibrium_regions'],
    reads: ['loss_by_region', 'equilibrium_setting', 'equilibrium_regions'],
    load: () => import('./Losses.svelte'),
  },
  {
    key: 'days',
    title: 'Day by day',
    kinds: ['disrupt'],
    needs: ['loss_over_time'],
    reads: DAY_TABLES,
    load: () => import('./Days.svelte'),
  },
  {
    key: 'sectors',
    title: 'Sectors by day',
    kinds: ['disrupt'],
    needs: ['industry_over_time'],
    // Output itself is read apart.
    reads: DAY_TABLES,
    load: () => import('./Sectors.svelte'),
  },
  {
    key: 'trade',
    title: 'Prices and trade',
    kinds: ['equilibrium'],
    needs: ['equilibrium_regions'],
    reads: SETTLED_TABLES,
    load: () => import('./Trade.svelte'),
  },
  {
    key: 'autonomy',
    title: 'Autonomy',
    kinds: ['localize'],
    needs: ['autonomy'],
    reads: AUTONOMY_TABLES,
    load: () => import('./Autonomy.svelte'),
  },
  {
    key: 'power',
    title: 'Power',
    kinds: ['leverage-power'],
    needs: ['power'],
    reads: ['power'],
    load: () => import('./Power.svelte'),
  },
  {
    key: 'chokepoints',
    title: 'Chokepoints',
    kinds: ['leverage-chokepoints'],
    needs: ['chokepoints'],
    reads: ['chokepoints'],
    load: () => import('./Chokepoints.svelte'),
  },
  {
    key: 'games',
    title: 'Payoffs',
    kinds: ['leverage-game'],
    needs: ['payoffs', 'ladder'],
    reads: LEVERAGE_TABLES,
    load: () => import('./Games.svelte'),
  },
  {
    key: 'defence',
    title: 'Defence',
    kinds: ['leverage-defend'],
    needs: ['defence'],
    reads: ['defence'],
    load: () => import('./Defence.svelte'),
  },
  {
    key: 'bargains',
    title: 'Bargains',
    kinds: ['leverage-bargain'],
    needs: ['bargains'],
    reads: ['bargains'],
    load: () => import('./Bargains.svelte'),
  },
  {
    key: 'signals',
    title: 'Signals',
    kinds: ['leverage-signal'],
    needs: ['signals'],
    reads: ['signals', 'signal_costs'],
    load: () => import('./Signals.svelte'),
  },
  {
    key: 'frontiers',
    title: 'Frontiers of sourcing',
    kinds: ['leverage-frontier'],
    needs: ['frontier'],
    reads: ['frontier'],
    load: () => import('./Frontiers.svelte'),
  },
  {
    key: 'tables',
    title: 'Any table',
    kinds: [],
    needs: [],
    // Only the one that is chosen, which it reads itself.
    reads: [NO_TABLE],
    load: () => import('./Tables.svelte'),
  },
];

export function holds(family: Family, { run, tables }: Entry): boolean {
  if (tables === null) return family.kinds.includes(run.kind);
  return family.needs.length === 0 ? tables.length > 0 : family.needs.some((name) => tables.includes(name));
}

/** Families that any run holds, those that most runs hold first; tables as such come last. */
export function offered(entries: readonly Entry[]): { family: Family; count: number }[] {
  return FAMILIES.map((family) => ({
    family,
    count: entries.filter((entry) => holds(family, entry)).length,
  }))
    .filter(({ count }) => count > 0)
    .sort(
      (a, b) =>
        Number(a.family.needs.length === 0) - Number(b.family.needs.length === 0) ||
        b.count - a.count,
    );
}
