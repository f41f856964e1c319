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

/** What kind of run it is; a kind that only a newer application knows by its own name. */
export function kindWords({ kind }: Pick<Run, 'kind'>): string {
  return (KIND_WORDS as Partial<Record<string, string>>)[kind] ?? kind;
}

/** Titles that the server makes: it knows labels only. */
const MADE = [
  /^(Chokepoints|Defence) of (\S+)()()$/,
  /^(Bargain) of (\S+)( and )(\S+)$/,
  /^(Signals) of (\S+)( to )(\S+)$/,
  /^(Exposure) of (\S+)( to )(\S+)$/,
];

/** The title a run was given; else what it is and of which world. */
export function runTitle(run: Run): string {
  const regions = (labels: string) =>
    labels
      .split(',')
      .map((label) => (label === '' ? '' : (worlds.current?.names.region(label) ?? label)))
      .join(', ');
  const made = MADE.map((form) => form.exec(run.title)).find((found) => found !== null);
  if (made != null) {
    const [, what = '', one = '', between = '', other = ''] = made;
    return `${what} of ${regions(one)}${between}${regions(other)}`;
  }
  if (run.title !== '') return run.title;
  return run.world === '' ? kindWords(run) : `${kindWords(run)}, ${run.world}`;
}
