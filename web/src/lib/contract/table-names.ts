// SPDX-License-Identifier: Apache-2.0
// Names of tables that have parts of the report of their own.

export const AUTONOMY_TABLES = [
  'autonomy',
  'manageable',
  'break_even',
  'subsidy_test',
  'autonomy_cost',
  'undercut',
  'competitors',
  'dependence_on_newcomer',
  'drivers',
  'presets',
  'preset_summary',
  'optimal',
  'optimal_summary',
  'compute',
  'compute_limits',
] as const;

export const LEVERAGE_TABLES = [
  'power',
  'power_rank_stability',
  'power_after',
  'chokepoints',
  'chokepoint_links',
  'payoffs',
  'equilibria',
  'action_odds',
  'ladder',
  'ladder_ends',
] as const;
