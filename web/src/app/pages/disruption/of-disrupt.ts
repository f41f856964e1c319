// SPDX-License-Identifier: Apache-2.0
// linchpin.disrupt -> the view. The document has output by industry and day and losses in money by
// industry; paths of regions follow from the two, exactly and without any other number.
import { finite, isRecord, list, text, textList, type Json } from '../../../lib/contract/reading';
import type { Measure, Range, RegionLoss } from '../../../lib/contract/losses';
import {
  lossOf,
  MEASURES,
  type Bracket,
  type DayBand,
  type DisruptionView,
  type Mover,
} from './types';

type Row = Record<string, Json>;

const numbers = (value: Json | undefined): (number | null)[] =>
  Array.isArray(value) ? value.map((each) => (typeof each === 'number' ? each : null)) : [];

function regionLoss(row: Json, region: string): RegionLoss {
  const read = (suffix: string) =>
    Object.fromEntries(MEASURES.map((m) => [m, finite(row, `${m}_${suffix}`)])) as Record<
      Measure,
      number | null
    >;
  return {
    region,
    percent: read('loss_pct'),
    money: read('loss'),
    recoveryDay: finite(row, 'recovery_day'),
  };
}

/** Output of a day at the baseline, in money; null where it cannot be told from the loss. */
export function dailyBaseline(relative: readonly (number | null)[], loss: number | null): number | null {
  if (loss === null) return null;
  let sum = 0;
  let size = 0;
  for (const value of relative) {
    sum += 1 - (value ?? 1);
    size += Math.abs(1 - (value ?? 1));
  }
  // Gains and losses that cancel leave no digits to divide by.
  return size < 1e-9 || Math.abs(sum) < 1e-6 * size ? null : loss / sum;
}

/** Loss of output by day, % of the baseline, for all regions and the world. */
export function outputPaths(
  labels: readonly string[],
  relative: readonly (readonly (number | null)[])[],
  losses: readonly (number | null)[],
  regions: readonly RegionLoss[],
  days: number,
): Map<string, (number | null)[]> {
  const known = regions.map(({ region }) => region).filter((label) => label !== 'WORLD');
  const sums = new Map(known.map((label) => [label, new Array<number>(days).fill(0)]));
  const world = new Array<number>(days).fill(0);
  labels.forEach((label, i) => {
    const values = relative[i] ?? [];
    const daily = dailyBaseline(values, losses[i] ?? null);
    const region = known.find((name) => label.startsWith(`${name}:`));
    const sum = region === undefined ? undefined : sums.get(region);
    if (daily === null || sum === undefined) return;
    values.forEach((value, day) => {
      const lost = daily * (1 - (value ?? 1));
      sum[day] = (sum[day] ?? 0) + lost;
      world[day] = (world[day] ?? 0) + lost;
    });
  });
  const paths = new Map<string, (number | null)[]>();
  for (const { region, percent, money } of regions) {
    const sum = region === 'WORLD' ? world : sums.get(region);
    const share = percent.output;
    const lost = money.output;
    if (sum === undefined || share === null || lost === null) continue;
    // Baseline of a day: what the loss is a percentage of, divided by the days.
    const daily = share === 0 ? 0 : lost / (share / 100) / days;
    paths.set(
      region,
      sum.map((value) => (daily === 0 ? 0 : (100 * value) / daily)),
    );
  }
  return paths;
}

function bands(root: Row): { region: string | null; bands: DisruptionView['bands'] } {
  const found = root['bands'];
  if (!isRecord(found)) return { region: null, bands: {} };
  const band = (measure: Measure): DayBand | null => {
    const series = found[measure];
    if (!isRecord(series)) return null;
    const loss = (name: string) => numbers(series[name]).map(lossOf);
    // What is high in output is low in loss.
    return { low: loss('p95'), mid: loss('p50'), high: loss('p05') };
  };
  return {
    region: text(found, 'region') || null,
    bands: Object.fromEntries(
      MEASURES.flatMap((measure) => {
        const one = band(measure);
        return one === null ? [] : [[measure, one]];
      }),
    ),
  };
}

function bracket(root: Row): Bracket | null {
  const all = root['bracket'];
  const [region, one] = isRecord(all) ? (Object.entries(all)[0] ?? []) : [];
  const why = text(root, 'bracket_reason');
  if (region === undefined || one === undefined)
    return why === ''
      ? null
      : {
          region: '',
          best: null,
          central: null,
          worst: null,
          worstBySeller: null,
          why,
          assumptions: [],
        };
  const words = isRecord(one) ? one['assumptions'] : undefined;
  return {
    region,
    best: finite(one, 'best'),
    central: finite(one, 'central'),
    worst: finite(one, 'worst'),
    worstBySeller: finite(one, 'worst_by_seller'),
    why: text(one, 'outside_bracket') || text(one, 'outside_bracket_reason'),
    assumptions: isRecord(words)
      ? Object.keys(words).map((name) => ({ name, text: text(words, name) }))
      : [],
  };
}

function quantiles(root: Row): Map<string, Range> {
  const found = root['quantiles'];
  const ranges = new Map<string, Range>();
  if (!isRecord(found)) return ranges;
  for (const [region, row] of Object.entries(found))
    ranges.set(region, {
      central: finite(row, 'central'),
      low: finite(row, 'p05'),
      high: finite(row, 'p95'),
      lowVariant: '',
      highVariant: '',
      lowSupplied: null,
      highSupplied: null,
      runs: null,
      runsSupplied: null,
    });
  return ranges;
}

function movers(root: Row): Mover[] {
  return list(root, 'swings').map((row) => ({
    parameter: text(row, 'parameter'),
    meaning: text(row, 'meaning'),
    low: String(finite(row, 'low') ?? text(row, 'low')),
    high: String(finite(row, 'high') ?? text(row, 'high')),
    atLow: finite(row, 'at_low'),
    atHigh: finite(row, 'at_high'),
    swing: finite(row, 'swing'),
  }));
}

export function ofDisrupt(root: Row): DisruptionView {
  const regions = list(root, 'regions').map((row) => regionLoss(row, text(row, 'region')));
  if (isRecord(root['world'])) regions.push(regionLoss(root['world'], 'WORLD'));
  const industries = isRecord(root['industries']) ? root['industries'] : {};
  const labels = textList(industries, 'labels');
  const days = numbers(industries['days']).map((day) => day ?? 0);
  const relative = list(industries, 'output_relative').map(numbers);
  const losses = numbers(industries['output_loss']);
  const valueAdded = numbers(industries['value_added_loss']);
  const unmet = numbers(industries['unmet_demand']);
  const band = bands(root);
  const bounds = bracket(root);
  const ranges = quantiles(root);
  const draws = finite(root, 'draws') ?? 0;
  return {
    scenario: '',
    scenarios: [],
    focus: band.region ?? (bounds?.region || null),
    headlines: [],
    days,
    regions,
    paths: { output: outputPaths(labels, relative, losses, regions, days.length) },
    industries: labels.map((industry, i) => {
      const values = relative[i] ?? [];
      const mean = values.reduce<number>((sum, value) => sum + (1 - (value ?? 1)), 0) / (values.length || 1);
      return {
        industry,
        percent: 100 * mean,
        output: losses[i] ?? null,
        valueAdded: valueAdded[i] ?? null,
        unmet: unmet[i] ?? null,
      };
    }),
    output: new Map(labels.map((label, i) => [label, relative[i] ?? []])),
    shortages: list(root, 'shortages').map((row) => ({
      product: text(row, 'product'),
      industry: text(row, 'industry'),
      firstDay: finite(row, 'first_day') ?? 0,
      lowestDays: finite(row, 'lowest_inventory_days'),
      lowestDay: finite(row, 'lowest_inventory_day'),
    })),
    stocks: [],
    bandRegion: band.region,
    bands: band.bands,
    ranges: ranges.size === 0 ? {} : { final_use: ranges },
    rangeWords:
      ranges.size === 0 ? '' : `Whiskers hold nine in ten of ${draws.toLocaleString('en-GB')} draws.`,
    bracket: bounds,
    movers: movers(root),
    ledger: text(root, 'ledger'),
    draws,
    warnings: textList(root, 'warnings'),
  };
}
