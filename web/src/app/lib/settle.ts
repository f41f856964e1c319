// SPDX-License-Identifier: Apache-2.0

/**
 * Waits for an answer inside an effect: `$effect(() => settle(ask(), show, fail))`. An answer that
 * comes after the effect ran again, or after its page was left, is dropped.
 */
export function settle<T>(
  answer: Promise<T>,
  found: (value: T) => void,
  failed: (error: unknown) => void,
): () => void {
  let stale = false;
  answer.then(
    (value) => {
      if (!stale) found(value);
    },
    (error: unknown) => {
      if (!stale) failed(error);
    },
  );
  return () => {
    stale = true;
  };
}
