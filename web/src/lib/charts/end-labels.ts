// SPDX-License-Identifier: Apache-2.0
// Scale of the line chart, and places for the names at the line ends so that none overlap.

export interface Scale {
  min: number;
  max: number;
  interval: number;
}

/** A scale in steps of 1, 2 or 5 that holds all values and the baseline of 100. */
export function percentScale(values: readonly number[], steps = 6): Scale {
  let low = 100;
  let high = 100;
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  if (high - low < 1e-6) return { min: 99, max: 101, interval: 1 };
  const rough = (high - low) / steps;
  const power = 10 ** Math.floor(Math.log10(rough));
  const interval = ([1, 2, 5, 10].find((step) => step * power >= rough) ?? 10) * power;
  // A hair of tolerance, so that a line touching the baseline does not open another step.
  return {
    min: Math.floor(low / interval + 0.02) * interval,
    max: Math.ceil(high / interval - 0.02) * interval,
    interval,
  };
}

/** Moves wished-for heights (pixels from the top) apart to at least `gap`, inside 0…`height`. */
export function spread(wishes: readonly number[], gap: number, height: number): number[] {
  const order = wishes.map((_, i) => i).sort((a, b) => (wishes[a] ?? 0) - (wishes[b] ?? 0));
  const places = [...wishes];
  let free = -Infinity;
  for (const i of order) {
    places[i] = Math.max(places[i] ?? 0, free);
    free = (places[i] ?? 0) + gap;
  }
  // What was pushed below the bottom goes back up, pushing its neighbours.
  let floor = height;
  for (const i of order.reverse()) {
    places[i] = Math.min(places[i] ?? 0, floor);
    floor = (places[i] ?? 0) - gap;
  }
  return places;
}
