// SPDX-License-Identifier: Apache-2.0
// A quick answer comes sooner than words about its progress could be read.

const PATIENCE_MS = 400;

/** Whether something has been going on for so long that its progress is worth showing. */
export class Patience {
  late = $state(false);

  /** To be made while a component is set up. */
  constructor(busy: () => boolean) {
    $effect(() => {
      if (!busy()) return;
      const timer = setTimeout(() => (this.late = true), PATIENCE_MS);
      return () => {
        clearTimeout(timer);
        this.late = false;
      };
    });
  }
}
