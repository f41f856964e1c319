// SPDX-License-Identifier: Apache-2.0
// Which page shows a run.
import { AUTONOMY_TABLES, LEVERAGE_TABLES } from '../../../lib/contract/table-names';
import type { Run } from '../../lib/api';
import type { Place } from '../../lib/router.svelte';

/** A page, and the parameter of it that holds the run. */
type Shows = [page: Place['page'], param: string];

const SHOWS: Record<Run['kind'], Shows> = {
  // What a study holds is known only when its tables are: the page Runs asks and goes on.
  study: ['runs', 'open'],
  disrupt: ['disruption', 'run'],
  equilibrium: ['equilibrium', 'run'],
  localize: ['autonomy', 'run'],
  'leverage-power': ['leverage', 'power'],
  'leverage-chokepoints': ['leverage', 'choke'],
  'leverage-defend': ['leverage', 'defend'],
  'leverage-game': ['leverage', 'game_run'],
  'leverage-bargain': ['leverage', 'bargain'],
  'leverage-signal': ['leverage', 'signal'],
  'leverage-frontier': ['leverage', 'frontier'],
};

function place([page, param]: Shows, run: Run): Place {
  return { page, params: { [param]: String(run.id), world: run.world } };
}

/** Address of a run that is done; null for a kind that only a newer application knows. */
export function placeOf(run: Run): Place | null {
  const shows = (SHOWS as Partial<Record<string, Shows>>)[run.kind];
  return shows === undefined ? null : place(shows, run);
}

/** Address of a study by the tables that it holds; days come before what settles afterwards. */
export function placeOfStudy(run: Run, tables: readonly string[]): Place {
  const has = (names: readonly string[]) => tables.some((name) => names.includes(name));
  if (has(['loss_by_region', 'loss_over_time'])) return place(['disruption', 'run'], run);
  if (has(['equilibrium_regions'])) return place(['equilibrium', 'run'], run);
  if (has(['autonomy'])) return place(['autonomy', 'run'], run);
  if (has(LEVERAGE_TABLES)) return place(['leverage', 'study'], run);
  if (has(AUTONOMY_TABLES)) return place(['autonomy', 'run'], run);
  return place(['disruption', 'run'], run);
}
