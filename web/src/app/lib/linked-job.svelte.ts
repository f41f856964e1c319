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
  /** What shows the answer: a reader who follows a link sees it without looking for it. */
  place?: () => HTMLElement | undefined;
  /** Is told what had been asked for a run that opens. */
  onrequest?: (body: Record<string, unknown>) => void;
}

/** To be called while a component is made. */
export function linkJob<T>(job: Job<T>, { name, world, place, onrequest }: Linked) {
  let linked: number | null = null;
  $effect(() => {
    const id = runParam(name);
    untrack(() => {
      if (id === null || id === job.run?.id) return;
      linked = id;
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
  $effect(() => {
    const box = place?.();
    if (job.answer === null || linked === null || linked !== job.run?.id) return;
    linked = null;
    // Not away from what is being read.
    if (window.scrollY < 40) box?.scrollIntoView({ block: 'start' });
  });
}
