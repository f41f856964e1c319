// SPDX-License-Identifier: Apache-2.0
// How long a reader waits, as the browser's own measures; read with performance.getEntriesByName.

/** Starts a measure; the answer ends it when what changed has been painted. */
export function paintedSince(name: string): () => void {
  const started = performance.now();
  return () =>
    // A task queued in a frame runs when that frame is on the screen.
    requestAnimationFrame(() =>
      setTimeout(() =>
        performance.measure(`linchpin:${name}`, { start: started, end: performance.now() }),
      ),
    );
}
