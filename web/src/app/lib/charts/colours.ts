// SPDX-License-Identifier: Apache-2.0
// Colours of the style sheet for charts, which cannot read variables themselves.
import { stepOf, type Step } from '../../../lib/geo/scale';

export function cssColour(variable: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(variable).trim();
}

/** Colour of a value in its classes; `otherwise` where it is in none. */
export function classColour(steps: readonly Step[], otherwise: string): (value: number) => string {
  const colours = new Map(steps.map((step) => [step, cssColour(step.variable)]));
  return (value) => {
    const step = stepOf(value, steps);
    return step === null ? otherwise : (colours.get(step) ?? otherwise);
  };
}
