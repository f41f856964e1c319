// SPDX-License-Identifier: Apache-2.0
// Runs in the address: a link shows an answer again that a form of the page had asked for.
import { untrack } from 'svelte';
import { api } from './api';
import type { Job } from './jobs.svelte';
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

/**
 * Opens the run that parameter `name` holds, and tells `onrequest` what had been asked. Answers
 * whether there is one.
 */
export function openLinked<T>(
  job: Job<T>,
  name: string,
  onrequest: (body: Record<string, unknown>) => void,
): boolean {
  // Called while a component is made: reading the address tracked would make the whole page anew
  // whenever it changes.
  const id = untrack(() => runParam(name));
  if (id === null) return false;
  untrack(() => void job.open(id));
  void requestOf(id).then((body) => {
    // Not when the reader has asked for something else, or has left.
    if (body !== null && runParam(name) === id) onrequest(body);
  });
  return true;
}

/**
 * Names the run of a job in the address; to be called in an effect. A run of another world is
 * dropped: its labels are not those of this one.
 */
export function nameRun<T>(job: Job<T>, name: string, world: string) {
  const run = job.run;
  if (run === null) return;
  if (run.world !== '' && run.world !== world) {
    job.leave();
    job.run = null;
    job.answer = null;
    router.set({ [name]: null });
  } else router.set({ [name]: String(run.id) });
}
