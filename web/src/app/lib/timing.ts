// SPDX-License-Identifier: Apache-2.0
// How long a reader waits, as the browser's own measures; read with performance.getEntriesByName.

/** Starts a measure; the answer ends it when what changed has been painted. */
export function paintedSince(name: string): () => void {
  const started = performance.now();
  return () =>
    // The frame after the next one begins when the next one is on the screen.
    requestAnimationFrame(() =>
      requestAnimationFrame(() =>
        performance.measure(`linchpin:${name}`, { start: started, end: performance.now() }),
      ),
    );
}
