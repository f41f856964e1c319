// SPDX-License-Identifier: Apache-2.0
// Courses over the years that runs are compared by.
import type { BandSeries } from '../../../../lib/charts/band-lines';
import { courseLine } from '../../../../lib/components/autonomy/series';
import type { AutonomyTables, Curve, Quantity } from '../../../../lib/contract/autonomy';
import { formatNumber, formatPercent, formatShare } from '../../../../lib/format/numbers';
import type { Part } from './entries';

const percent = (value: number) => formatPercent(value);

export const QUANTITIES: readonly [Shown, ...Shown[]] = [
  { key: 'domestic_share_pct', title: 'Made at home', about: '% of what is bought in the region, by value', unit: '%', format: percent },
  { key: 'cutoff_loss_pct', title: 'Loss in a cut-off', about: '% of real final use, with the programme', unit: '%', format: percent },
  { key: 'programme_cost_pct', title: 'Cost of the programme', about: '% of real final use', unit: '%', format: percent },
  { key: 'unit_cost_relative', title: 'Price against abroad', about: 'before subsidies; 1 = the price abroad', unit: 'price abroad = 1', format: formatNumber },
  { key: 'quality_relative', title: 'Quality', about: '% of the frontier', unit: 'share of the frontier', format: formatShare },
];

export interface Shown {
  key: Quantity;
  title: string;
  about: string;
  unit: string;
  format: (value: number) => string;
}

/** The line of a run; none where it does not hold the quantity. */
export function courseOf(
  part: Part<AutonomyTables>,
  curve: Curve | null,
  quantity: Quantity,
  slot: number,
): BandSeries[] {
  if (curve === null) return [];
  const line = courseLine(part.name, curve.years, curve.courses[quantity], curve.banded, { slot });
  return line.mid.every((value) => value === null) ? [] : [line];
}
