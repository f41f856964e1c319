// SPDX-License-Identifier: Apache-2.0
// Bargains, signals and frontiers as rows and lines, for one run and for several beside each other.
import type { BandSeries, BandsSpec } from '../../charts/band-lines';
import type { BarRow } from '../../charts/bars';
import { amountWords, type Bargain, type Frontier, type FrontierPoint, type Side, type Signal } from '../../contract/threats';
import { formatBorder, formatNumber, formatPercent } from '../../format/numbers';

type Name = (parties: string) => string;

/** What each side loses by a break; nothing where it has no answer. */
export function bargainRows(bargain: Bargain, name: Name): BarRow[] {
  const row = (side: Side, other: Side): BarRow => ({
    label: `${name(side.party)}, without ${name(other.party)}`,
    value: side.loss.mid,
    low: side.loss.low,
    high: side.loss.high,
    details: [
      { label: 'Loses by a break', value: formatPercent(side.loss.mid) },
      { label: 'Gains by the agreement', value: formatPercent(side.gain) },
      {
        label: 'Can enforce at most',
        value: side.demand === null ? '–' : amountWords(side.demand, bargain.money),
      },
      { label: 'Would carry the threat out', value: side.credible ? 'yes' : 'no' },
      {
        label: 'The other’s loss over its own',
        value: side.ratio === null ? 'none: costless' : `${formatNumber(Number(side.ratio.toPrecision(2)))}×`,
      },
    ],
  });
  return bargain.first.loss.mid === null
    ? []
    : [row(bargain.first, bargain.second), row(bargain.second, bargain.first)];
}

const TYPES: Record<string, string> = { resilient: 'A resilient target', dependent: 'A dependent target' };

export function signalLines(signal: Signal): BandSeries[] {
  return signal.curves.map((curve) => ({
    name: TYPES[curve.type] ?? curve.type,
    x: curve.givenUp.map((share) => share * 100),
    mid: curve.cost,
    slot: curve.type === 'resilient' ? 2 : 1,
    dashed: curve.type !== 'resilient',
  }));
}

/** Costs over what is given up, with the stretch where only a resilient target would. */
export function signalSpec(signal: Signal): BandsSpec {
  const { low, high } = signal.separating;
  return {
    series: signalLines(signal),
    xName: 'Purchases given up, %',
    format: (value) => formatPercent(value),
    formatX: formatBorder,
    leastStepX: 0,
    maxX: 100,
    // A tariff may pay for itself: then the axis goes below zero.
    ...(signal.curves.some(({ cost }) => cost.some((value) => (value ?? 0) < 0)) ? {} : { min: 0 }),
    spansX:
      low === null || high === null
        ? []
        : [{ from: low * 100, to: high * 100, name: 'only the resilient would' }],
  };
}

const costOf = ({ cost }: FrontierPoint) => (cost === null ? null : Math.max(0, cost));

export function frontierLine({ points }: Frontier, name = 'Cheapest plan', slot = 2): BandSeries {
  return {
    name,
    x: points.map(({ removed }) => 100 * (removed ?? 0)),
    mid: points.map(costOf),
    slot,
  };
}

/** Two decimals would make small costs all alike. */
export function frontierFormat(frontiers: readonly Frontier[]): (value: number) => string {
  const most = frontiers
    .flatMap(({ points }) => points)
    .reduce((top, point) => Math.max(top, costOf(point) ?? 0), 0);
  return most < 0.1 ? formatBorder : (value) => formatPercent(value);
}

/** Axes of frontiers: cost over the exposure that is removed. */
export const FRONTIER_AXES = {
  xName: 'Exposure removed, %',
  formatX: formatBorder,
  leastStepX: 0,
  maxX: 100,
  min: 0,
} as const;
