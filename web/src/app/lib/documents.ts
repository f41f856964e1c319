// SPDX-License-Identifier: Apache-2.0
// Documents of runs that are done, for pages that show several: read once, as far as it is needed.
import { api } from './api';

const KEPT = 8;
const known = new Map<string, Promise<unknown>>();

/** The document of a run; of a study only these tables, or all if none are named. */
export function documentOf(run: number, tables: readonly string[] = []): Promise<unknown> {
  const key = JSON.stringify([run, ...tables]);
  let found = known.get(key);
  if (found === undefined) {
    found = api.get('/api/v1/runs/{run}/results.json', { path: { run } });
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
