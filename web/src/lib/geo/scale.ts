// SPDX-License-Identifier: Apache-2.0
// Colour classes for the map. Colour-blind safe: one hue for losses, and a second one
// (blue against orange) only when some regions gain.

/** Light to dark, losses; then light to dark, gains. CSS variables, so themes can change them. */
const LOSS = ['--loss-1', '--loss-2', '--loss-3', '--loss-4', '--loss-5'] as const;
const GAIN = ['--gain-1', '--gain-2', '--gain-3'] as const;
const NEUTRAL = '--loss-0';

export interface Step {
  /** Values from `from` (included) to `to` (excluded), in percent; null is open-ended. */
  from: number | null;
  to: number | null;
  variable: string;
}

/** 1, 2 or 5 times a power of ten, at least `value`. */
function niceAtLeast(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  const step = [1, 2, 5, 10].find((s) => s * power >= value * (1 - 1e-12)) ?? 10;
  return Number((step * power).toPrecision(6));
}

function below(step: number): number {
  const power = 10 ** Math.floor(Math.log10(step) + 1e-9);
  const lead = Math.round(step / power);
  return Number((lead === 5 ? 2 * power : lead === 2 ? power : power / 2).toPrecision(6));
}

/** Class borders grow 1-2-5, because losses are spread over orders of magnitude. */
function borders(largest: number, count: number): number[] {
  const found: number[] = [];
  for (let border = below(niceAtLeast(largest)); found.length < count; border = below(border))
    found.unshift(border);
  return found;
}

export function colourSteps(values: readonly number[]): Step[] {
  const size = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  if (size === 0) return [{ from: null, to: null, variable: NEUTRAL }];
  const cuts = borders(size, LOSS.length);
  const smallest = cuts[0] ?? 0;
  const gains = values.some((value) => value <= -smallest);
  const steps: Step[] = [{ from: gains ? -smallest : null, to: smallest, variable: NEUTRAL }];
  LOSS.forEach((variable, i) => {
    steps.push({ from: cuts[i] ?? null, to: cuts[i + 1] ?? null, variable });
  });
  if (!gains) return steps;
  const deepest = values.reduce((least, value) => Math.min(least, value), 0);
  // Gains use every second border, and only as many classes as there is something to show.
  const gainCuts = [smallest, ...cuts.filter((_, i) => i === 2 || i === 4)].filter(
    (cut, i) => i === 0 || -deepest >= cut,
  );
  gainCuts.forEach((cut, i) => {
    const next = gainCuts[i + 1];
    steps.unshift({
      from: next === undefined ? null : -next,
      to: -cut,
      variable: GAIN[i] ?? GAIN[2],
    });
  });
  return steps;
}

export function stepOf(value: number, steps: readonly Step[]): Step | null {
  return (
    steps.find(
      (step) => (step.from === null || value >= step.from) && (step.to === null || value < step.to),
    ) ?? null
  );
}
