// SPDX-License-Identifier: Apache-2.0
import type { Run } from './api';

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
  if (run.title !== '') return run.title;
  return run.world === '' ? KIND_WORDS[run.kind] : `${KIND_WORDS[run.kind]}, ${run.world}`;
}
