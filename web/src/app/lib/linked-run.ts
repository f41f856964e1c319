// SPDX-License-Identifier: Apache-2.0
// Runs in the address: a link shows an answer again that a form of the page had asked for.
import { api } from './api';
import { router } from './router.svelte';

/** The number of a run in the address; null if there is none. */
export function runParam(name: string): number | null {
  const id = Number(router.param(name));
  return Number.isInteger(id) && id > 0 ? id : null;
}

/** What was posted for a run; null where nobody knows any more (results named with --results). */
export async function requestOf(run: number): Promise<Record<string, unknown> | null> {
  try {
    const request = await api.get('/api/v1/runs/{run}/request', { path: { run } });
    return request.body as Record<string, unknown>;
  } catch {
    return null;
  }
}
