// SPDX-License-Identifier: Apache-2.0
// The one form in which the page knows what happens day by day.
import { MEASURES, type Measure, type Range, type RegionLoss } from '../../../lib/contract/losses';
import type { Output } from '../../lib/industry-days';

export { MEASURES, type Measure };

export interface IndustryLoss {
  industry: string;
  /** Per cent of its baseline over all days; null where the document has only the money. */
  percent: number | null;
  /** Money of the world over all days. */
  output: number | null;
  valueAdded: number | null;
  unmet: number | null;
}

export interface Shortage {
  product: string;
  industry: string;
  firstDay: number;
  lowestDays: number | null;
  lowestDay: number | null;
}

/** Loss by day in per cent of the baseline: 5 %, 50 % and 95 % of the draws are below. */
export interface DayBand {
  low: (number | null)[];
  mid: (number | null)[];
  high: (number | null)[];
}

export interface Bracket {
  region: string;
  best: number | null;
  central: number | null;
  worst: number | null;
  worstBySeller: number | null;
  /** Why the daily model is outside, or why there is no bracket. */
  why: string;
  assumptions: { name: string; text: string }[];
}

export interface Mover {
  parameter: string;
  meaning: string;
  low: string;
  high: string;
  atLow: number | null;
  atHigh: number | null;
  swing: number | null;
}

export interface DisruptionView {
  scenario: string;
  /** All scenarios of a study; empty for one scenario. */
  scenarios: string[];
  focus: string | null;
  headlines: string[];
  days: number[];
  /** With the row WORLD last, where the document has one. */
  regions: RegionLoss[];
  /** Loss by day in per cent, by region (and WORLD); measures that the document lacks are absent. */
  paths: Partial<Record<Measure, Map<string, (number | null)[]>>>;
  industries: IndustryLoss[];
  /** Output over its baseline by day and industry. */
  output: Output;
  /** Shortages by first day. */
  shortages: Shortage[];
  /** Lowest stocks by region and product, in days of use; empty where the document has none. */
  stocks: { region: string; sector: string; days: number }[];
  bandRegion: string | null;
  bands: Partial<Record<Measure, DayBand>>;
  /** Of the loss over all days in per cent, by region. */
  ranges: Partial<Record<Measure, Map<string, Range>>>;
  /** Words about what the whiskers of `ranges` hold. */
  rangeWords: string;
  bracket: Bracket | null;
  movers: Mover[];
  ledger: string;
  draws: number;
  warnings: string[];
}

/** 0.98 of the baseline is a loss of 2 %. */
export function lossOf(relative: number | null | undefined): number | null {
  if (relative === null || relative === undefined) return null;
  const loss = 100 * (1 - relative);
  // A quantile on a grid of 1e-4 must not read as a gain at the baseline.
  return Math.abs(loss) < 1e-9 ? 0 : loss;
}
