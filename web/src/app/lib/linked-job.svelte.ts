// SPDX-License-Identifier: Apache-2.0
// A job whose run stands in the address: what is asked is named there, and what is named there opens,
// also when the address changes while the page is looked at.
import { untrack } from 'svelte';
import type { Job } from './jobs.svelte';
import { requestOf, runParam } from './linked-run';
import { router } from './router.svelte';

interface Linked {
  /** Parameter of the address that holds the run. */
  name: string;
  /** World whose names are on the page: a run of another one is dropped. Absent: any will do. */
  world?: () => string;
  /** Is told what had been asked for a run that opens. */
  onrequest?: (body: Record<string, unknown>) => void;
}

/** To be called while a component is made. */
export function linkJob<T>(job: Job<T>, { name, world, onrequest }: Linked) {
  $effect(() => {
    const id = runParam(name);
    untrack(() => {
      if (id === null || id === job.run?.id) return;
      void job.open(id);
      if (onrequest !== undefined)
        void requestOf(id).then((body) => {
          // Not when the reader has asked for something else, or has left.
          if (body !== null && runParam(name) === id) onrequest(body);
        });
    });
  });
  $effect(() => {
    const run = job.run;
    if (run === null) return;
    untrack(() => {
      const of = world?.() ?? run.world;
      if (run.world === '' || run.world === of) return router.set({ [name]: String(run.id) });
      job.leave();
      job.run = null;
      job.answer = null;
      router.set({ [name]: null });
    });
  });
}
