// SPDX-License-Identifier: Apache-2.0
// Courses of a study of autonomy as lines with bands.
import type { BandSeries } from '../../charts/band-lines';
import type { StackedPart } from '../../charts/stacked';
import type { CostPart, Course, Curve, Quantity } from '../../contract/autonomy';

function known(values: readonly (number | null)[]): boolean {
  return values.some((value) => value !== null);
}

/** The median with its band where draws were made, the central path else. */
export function courseLine(
  name: string,
  years: readonly number[],
  course: Course,
  banded: boolean,
  style: { slot?: number; dashed?: boolean } = {},
): BandSeries {
  const draws = banded && known(course.mid);
  const central = known(course.central) ? course.central : course.mid;
  return {
    name,
    x: years,
    mid: draws ? course.mid : central,
    ...(draws ? { low: course.low, high: course.high } : {}),
    ...style,
  };
}

export const LOSS_SLOT = 1;
export const COST_SLOT = 0;

/** Cost of the programme, loss of a cut-off with it, and without it dashed. */
export function curveLines(curve: Curve): BandSeries[] {
  const line = (name: string, quantity: Quantity, style: { slot?: number; dashed?: boolean }) =>
    courseLine(name, curve.years, curve.courses[quantity], curve.banded, style);
  const all = [
    line('Loss in a cut-off, with the programme', 'cutoff_loss_pct', { slot: LOSS_SLOT }),
    {
      ...line('Loss in a cut-off, without the programme', 'cutoff_loss_without_pct', {
        slot: LOSS_SLOT,
        dashed: true,
      }),
    },
    line('Cost of the programme', 'programme_cost_pct', { slot: COST_SLOT }),
  ].filter(({ mid }) => known(mid));
  // Two bands of one colour cannot be told apart.
  return all.map(({ low, high, ...rest }) =>
    rest.dashed === true || low === undefined || high === undefined ? rest : { ...rest, low, high },
  );
}

/** Components of a unit’s cost, those made elsewhere pale. */
export function costParts(cost: { parts: readonly CostPart[] }): StackedPart[] {
  const components = [...new Set(cost.parts.map(({ component }) => component))];
  const several = (component: string) =>
    cost.parts.filter((part) => part.component === component).length > 1;
  return cost.parts.map(({ component, origin, values }) => ({
    name:
      several(component) || origin === 'imported'
        ? `${component}, ${origin === 'imported' ? 'imported' : origin === 'home' ? 'from home' : origin}`
        : component,
    values,
    slot: components.indexOf(component),
    pale: origin === 'imported',
  }));
}

/** Borders of an axis that holds all lines and bands given, so that charts can be compared. */
export function commonScale(lines: readonly BandSeries[]): { min: number; max: number } {
  const all = lines
    .flatMap(({ mid, low, high }) => [...mid, ...(low ?? []), ...(high ?? [])])
    .filter((value): value is number => value !== null);
  const low = all.reduce((a, b) => Math.min(a, b), 0);
  const high = all.reduce((a, b) => Math.max(a, b), 0);
  const room = (high - low) * 0.04;
  return { min: low < 0 ? low - room : 0, max: high + room };
}
