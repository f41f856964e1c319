// SPDX-License-Identifier: Apache-2.0
import type { Run } from './api';
import { worlds } from './worlds.svelte';

export const KIND_WORDS: Record<Run['kind'], string> = {
  study: 'Study',
  disrupt: 'Disruption',
  equilibrium: 'Equilibrium',
  localize: 'Autonomy',
  'leverage-power': 'Power',
  'leverage-chokepoints': 'Chokepoints',
  'leverage-defend': 'Defence',
  'leverage-game': 'Game',
  'leverage-bargain': 'Bargain',
  'leverage-signal': 'Signals',
  'leverage-frontier': 'Frontier',
};

/** The title a run was given; else what it is and of which world. */
export function runTitle(run: Run): string {
  // "Chokepoints of CHN": the server knows labels only.
  const about = /^(Chokepoints|Defence) of (\S+)$/.exec(run.title);
  if (about !== null) return `${about[1]} of ${worlds.current?.names.region(about[2] ?? '') ?? about[2]}`;
  if (run.title !== '') return run.title;
  return run.world === '' ? KIND_WORDS[run.kind] : `${KIND_WORDS[run.kind]}, ${run.world}`;
}
