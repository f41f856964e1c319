// SPDX-License-Identifier: Apache-2.0
// Rows, series and tables of the disruption page; losses are positive, gains negative.
import type { BarRow } from '../../../lib/charts/bars';
import type { Names } from '../../../lib/contract/names';
import { MEASURE_NAMES, spanOf, type Measure } from '../../../lib/contract/losses';
import type { ResultTable } from '../../../lib/contract/types';
import { formatMoney } from '../../../lib/format/money';
import { formatInteger, formatLoss, formatNumber, formatPercent, formatRecovery } from '../../../lib/format/numbers';
import type { BandSeries } from '../../lib/charts/bands';
import { makeTable } from '../../lib/tables';
import type { DisruptionView, IndustryLoss, Shortage } from './types';

const WORLD = 'WORLD';

/** Lines of the chosen regions; the band of the region that has one. */
export function timeSeries(
  view: DisruptionView,
  measure: Measure,
  chosen: readonly string[],
  names: Names,
  suffix = '',
): BandSeries[] {
  const paths = view.paths[measure];
  const lines = chosen.flatMap((region): BandSeries[] => {
    const path = paths?.get(region);
    return path === undefined ? [] : [{ name: names.region(region) + suffix, x: view.days, mid: path }];
  });
  const band = view.bands[measure];
  const region = view.bandRegion;
  if (band === undefined || region === null || !chosen.includes(region)) return lines;
  const name = `${names.region(region)}${suffix}`;
  const ofDraws: BandSeries = { name: `${name}: median and 90 % of draws`, x: view.days, ...band };
  return [...lines, ofDraws];
}

export function timeTable(series: readonly BandSeries[]): ResultTable {
  interface Row {
    day: number;
    series: string;
    mid: number | null;
    low: number | null;
    high: number | null;
  }
  const rows = series.flatMap((each) =>
    each.x.map((day, i): Row => ({
      day,
      series: each.name,
      mid: each.mid[i] ?? null,
      low: each.low?.[i] ?? null,
      high: each.high?.[i] ?? null,
    })),
  );
  const banded = rows.some((row) => row.low !== null);
  return makeTable(
    'loss_over_time',
    'Loss by day',
    [
      { name: 'series', title: 'Line', type: 'text' },
      { name: 'day', title: 'Day', type: 'integer' },
      { name: 'mid', title: 'Loss', unit: '%' },
      ...(banded
        ? [
            { name: 'low', title: '5 % of draws below', unit: '%' },
            { name: 'high', title: '95 % of draws below', unit: '%' },
          ]
        : []),
    ],
    rows,
  );
}

export function regionBars(
  view: DisruptionView,
  measure: Measure,
  names: Names,
  unit: string,
): BarRow[] {
  return view.regions
    .filter((row) => row.percent[measure] !== null && row.region !== WORLD)
    .sort((a, b) => (b.percent[measure] ?? 0) - (a.percent[measure] ?? 0))
    .map((row) => {
      const span = spanOf(view.ranges[measure]?.get(row.region));
      return {
        label: names.region(row.region),
        value: row.percent[measure],
        low: span?.low ?? null,
        high: span?.high ?? null,
        beyondLow: span?.beyond?.low ?? null,
        beyondHigh: span?.beyond?.high ?? null,
        details: [
          { label: `${MEASURE_NAMES[measure]}, % of the baseline`, value: formatLoss(row.percent[measure]) },
          { label: 'In money', value: formatMoney(row.money[measure], unit) },
          ...(span === null
            ? []
            : [{ label: 'Range', value: `${formatPercent(span.low)} to ${formatPercent(span.high)}` }]),
          { label: 'Output back at its baseline', value: formatRecovery(row.recoveryDay) },
        ],
      };
    });
}

export function regionTable(view: DisruptionView, unit: string): ResultTable {
  return makeTable(
    'loss_by_region',
    'Loss by region over all days',
    [
      { name: 'region', title: 'Region', type: 'text' },
      ...(['output', 'value_added', 'final_use'] as const).flatMap((measure) => [
        {
          name: `${measure}_loss_pct`,
          title: MEASURE_NAMES[measure],
          unit: '%',
          of: (row: DisruptionView['regions'][number]) => row.percent[measure],
        },
        {
          name: `${measure}_loss`,
          title: `${MEASURE_NAMES[measure]}, money`,
          unit,
          of: (row: DisruptionView['regions'][number]) => row.money[measure],
        },
      ]),
      { name: 'recovery_day', title: 'Output back on day', type: 'integer', of: (row) => row.recoveryDay },
    ],
    view.regions,
    'Positive is a loss, negative a gain.',
  );
}

export function industryBars(
  rows: readonly IndustryLoss[],
  names: Names,
  by: 'percent' | 'money',
  factor: number,
  unit: string,
): BarRow[] {
  return rows.map((row) => ({
    label: names.industry(row.industry),
    value: by === 'percent' ? row.percent : row.output === null ? null : row.output * factor,
    ...(by === 'percent' ? {} : { written: formatMoney(row.output, unit) }),
    details: [
      { label: 'Output, % of the baseline', value: formatLoss(row.percent) },
      { label: 'Loss of output', value: formatMoney(row.output, unit) },
      { label: 'Loss of value added', value: formatMoney(row.valueAdded, unit) },
      { label: 'Demand not met', value: formatMoney(row.unmet, unit) },
    ],
  }));
}

/** The industries hit hardest, of all regions or of one. */
export function hardestHit(
  view: DisruptionView,
  region: string,
  names: Names,
  by: 'percent' | 'money',
): IndustryLoss[] {
  const size = (row: IndustryLoss) => (by === 'percent' ? row.percent : row.output) ?? -Infinity;
  return view.industries
    .filter((row) => region === WORLD || names.split(row.industry)?.region === region)
    .sort((a, b) => size(b) - size(a));
}

export function industryTable(rows: readonly IndustryLoss[], unit: string): ResultTable {
  return makeTable(
    'loss_by_industry',
    'Loss by industry over all days',
    [
      { name: 'industry', title: 'Industry', type: 'text' },
      { name: 'percent', title: 'Output', unit: '%' },
      { name: 'output', title: 'Output', unit },
      { name: 'valueAdded', title: 'Value added', unit },
      { name: 'unmet', title: 'Demand not met', unit },
    ],
    rows,
    'Positive is a loss, negative a gain.',
  );
}

export function shortageTable(rows: readonly Shortage[]): ResultTable {
  return makeTable(
    'shortages',
    'First shortages',
    [
      { name: 'firstDay', title: 'First day', type: 'integer', unit: 'days' },
      { name: 'product', title: 'Input that runs short', type: 'text' },
      { name: 'industry', title: 'Industry that lacks it', type: 'text' },
      { name: 'lowestDays', title: 'Lowest stock', unit: 'days of use' },
      { name: 'lowestDay', title: 'On day', type: 'integer' },
    ],
    rows,
  );
}

/** As many first shortages as are drawn. */
export const SHORTAGE_BARS = 15;

export function shortageBars(rows: readonly Shortage[], names: Names): BarRow[] {
  return rows.map((row) => ({
    label: `${names.sector(row.product)} in ${names.industry(row.industry)}`,
    value: row.firstDay,
    written: `day ${formatInteger(row.firstDay)}`,
    details: [
      { label: 'First day of shortage', value: formatInteger(row.firstDay) },
      { label: 'Lowest stock, days of use', value: formatNumber(row.lowestDays) },
      { label: 'On day', value: formatInteger(row.lowestDay) },
    ],
  }));
}

/** What the run says about the region it is about; a study has sentences of its own. */
export function headline(view: DisruptionView, names: Names): string {
  const days = view.days.length;
  const focus = view.regions.find(({ region }) => region === view.focus);
  const world = view.regions.find(({ region }) => region === WORLD);
  const parts: string[] = [];
  if (focus !== undefined) {
    const use = focus.percent.final_use ?? 0;
    const verb = use >= 0 ? 'less' : 'more';
    const band = view.ranges.final_use?.get(focus.region);
    const range =
      band === undefined
        ? ''
        : ` (nine draws in ten: ${formatLoss(band.low)} to ${formatLoss(band.high)})`;
    parts.push(
      `Over ${days} days, final users in ${names.region(focus.region)} receive ` +
        `${formatPercent(Math.abs(use))} ${verb}${range}; its output: ${formatLoss(focus.percent.output)}.`,
    );
  }
  if (world !== undefined) parts.push(`World output: ${formatLoss(world.percent.output)}.`);
  const first = view.shortages[0];
  parts.push(
    first === undefined
      ? 'No input runs short.'
      : `The first input runs short on day ${first.firstDay}: ${names.sector(first.product)} in ${names.industry(first.industry)}.`,
  );
  return parts.join(' ');
}
