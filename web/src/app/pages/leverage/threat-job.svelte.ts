// SPDX-License-Identifier: Apache-2.0
// One question about a threat: its run, the address that shows it again, and who is on the other side.
import { Job, type JobPath } from '../../lib/jobs.svelte';
import { nameRun, openLinked } from '../../lib/linked-run';
import type { WorldInfo } from '../../lib/worlds.svelte';

/** The largest other region, or the one wanted where the world has it. */
export function otherSide(world: WorldInfo, own: string, wanted: string): string {
  const labels = world.regions.map(({ label }) => label).filter((label) => label !== own);
  return labels.includes(wanted) ? wanted : (labels[0] ?? own);
}

export class ThreatJob {
  readonly job = new Job<unknown>();
  constructor(
    readonly path: JobPath,
    /** Name of the run in the address. */
    readonly name: string,
  ) {}

  open(onrequest: (body: Record<string, unknown>) => void): boolean {
    return openLinked(this.job, this.name, onrequest);
  }
  /** To be called in an effect. */
  remember(world: string) {
    nameRun(this.job, this.name, world);
  }
  ask(body: object) {
    void this.job.start(this.path, body);
  }
}
