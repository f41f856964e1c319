// SPDX-License-Identifier: Apache-2.0
// Documents of runs that are done. A study may hold tables of many megabytes: pages read those that
// they draw, and leave the rest on the server.
import { api, type Ask } from './api';

/** Named in place of tables: of a document all but its tables. */
export const NO_TABLE = '(none)';

/**
 * The document of a run with only these of its tables; those it does not have are passed over. With
 * an empty list the whole document.
 */
export async function readDocument(
  run: number,
  tables: readonly string[] = [],
  ask: Pick<Ask, 'signal'> = {},
): Promise<unknown> {
  const path = { run };
  if (tables.length === 0) return api.get('/api/v1/runs/{run}/results.json', { ...ask, path });
  const head = await api.get('/api/v1/runs/{run}/results', { ...ask, path });
  const there = new Set(head.left_out.map(({ name }) => name));
  const wanted = tables.filter((name) => there.has(name));
  if (wanted.length === 0) return head;
  const query = { tables: wanted.join(',') };
  return api.get('/api/v1/runs/{run}/results', { ...ask, path, query });
}

const KEPT = 8;
const known = new Map<string, Promise<unknown>>();

/** `readDocument` for pages that show several runs: what was read lately is not read again. */
export function documentOf(run: number, tables: readonly string[] = []): Promise<unknown> {
  const key = JSON.stringify([run, ...tables]);
  let found = known.get(key);
  if (found === undefined) {
    found = readDocument(run, tables);
    found.catch(() => known.delete(key));
  }
  // The newest last: documents are large, so few are kept.
  known.delete(key);
  known.set(key, found);
  for (const old of known.keys()) {
    if (known.size <= KEPT) break;
    known.delete(old);
  }
  return found;
}
