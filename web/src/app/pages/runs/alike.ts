// SPDX-License-Identifier: Apache-2.0
// Runs whose titles are the same: told apart by what else had been asked.
import type { Run } from '../../lib/api';
import { requestOf } from '../../lib/linked-run';
import { runTitle } from '../../lib/runs';

/** Parts of requests that titles or the line below them hold already. */
const SAID = ['world', 'target', 'first', 'second', 'senders', 'buyer', 'rivals', 'seed'];
/** Lists that are longer are counted. */
const LISTED = 4;

function words(value: unknown): string {
  if (Array.isArray(value))
    return value.length > LISTED ? `(${value.length})` : value.map(words).join(', ');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** "k 3; sectors (23); draws 100": texts such as studies and tables are left out. */
export function requestWords(body: Record<string, unknown>): string {
  return Object.entries(body)
    .filter(([name, value]) => !SAID.includes(name) && value !== null && !String(value).includes('\n'))
    .map(([name, value]) => `${name.replaceAll('_', ' ')} ${words(value)}`)
    .join('; ');
}

/** Runs that share their title and world with another one of the list, and whose request is known. */
export function sameTitles(runs: readonly Run[]): Run[] {
  const key = (run: Run) => JSON.stringify([run.kind, run.world, runTitle(run)]);
  const counts = new Map<string, number>();
  for (const run of runs) counts.set(key(run), (counts.get(key(run)) ?? 0) + 1);
  return runs.filter((run) => (counts.get(key(run)) ?? 0) > 1 && run.links['request'] !== undefined);
}

const known = new Map<number, string>();

/** Asked for one after the other: it is of little weight. */
export async function detailsOf(runs: readonly Run[]): Promise<ReadonlyMap<number, string>> {
  for (const { id } of runs)
    if (!known.has(id)) {
      const body = await requestOf(id);
      known.set(id, body === null ? '' : requestWords(body));
    }
  return new Map(runs.map(({ id }) => [id, known.get(id) ?? '']));
}
