// SPDX-License-Identifier: Apache-2.0
// Colour classes for quantities that are not losses: one blue hue, light to dark.
import type { Step } from './scale';

const SEQUENCE = ['--seq-0', '--seq-1', '--seq-2', '--seq-3', '--seq-4', '--seq-5'] as const;

function atLeast(value: number, leads: readonly number[]): number {
  const power = 10 ** Math.floor(Math.log10(value));
  const step = leads.find((s) => s * power >= value * (1 - 1e-9)) ?? 10;
  return Number((step * power).toPrecision(6));
}

/** Six classes of equal width from zero (or just below the smallest) to the largest value. */
function even(low: number, high: number): number[] {
  const start = low > 0 && low < high / 3 ? 0 : low;
  const width = atLeast((high - start) / SEQUENCE.length, [1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10]);
  const first = Math.floor(start / width) * width;
  return SEQUENCE.slice(1).map((_, i) => Number((first + (i + 1) * width).toPrecision(6)));
}

/** Borders that grow 1-2-5, for quantities that are spread over orders of magnitude. */
function growing(high: number): number[] {
  const borders: number[] = [];
  let border = atLeast(high, [1, 2, 5, 10]);
  while (borders.length < SEQUENCE.length - 1) {
    const power = 10 ** Math.floor(Math.log10(border) + 1e-9);
    const lead = Math.round(border / power);
    border = Number((lead >= 5 ? 2 * power : lead === 2 ? power : power / 2).toPrecision(6));
    borders.unshift(border);
  }
  return borders;
}

/** Classes that hold all of `values`; the same for every frame of a series, so give them all. */
export function sequentialSteps(values: readonly number[], spread: 'even' | 'growing'): Step[] {
  const low = values.reduce((least, value) => Math.min(least, value), Infinity);
  const high = values.reduce((most, value) => Math.max(most, value), -Infinity);
  if (!(high > low)) return [{ from: null, to: null, variable: SEQUENCE[3] }];
  const borders = spread === 'growing' && high > 0 ? growing(high) : even(low, high);
  return SEQUENCE.map((variable, i) => ({
    from: borders[i - 1] ?? null,
    to: borders[i] ?? null,
    variable,
  }));
}
