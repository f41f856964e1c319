// SPDX-License-Identifier: Apache-2.0
// The few numbers shown large. They are chosen from the tables, never computed.
import { formatMoney } from '../format/money';
import {
  formatDay,
  formatFixed,
  formatLoss,
  formatLossSpan,
  formatPercent,
  formatRecovery,
  formatShare,
} from '../format/numbers';
import { buyersOf, homeOf, readReliance } from './dependence';
import {
  largestFirst,
  MEASURE_NAMES,
  readLosses,
  readRanges,
  spanOf,
  usualMeasure,
  type Measure,
  type Range,
  type RegionLoss,
} from './losses';
import { WORLD, type Names } from './names';
import { readSettled, readWelfareBands, type Settled } from './settles';
import { findTable, halves, ofScenario, pick, TableReader } from './tables';
import type { ResultTable, Results } from './types';

export interface KeyFigure {
  title: string;
  value: string;
  /** Whose number it is, and of what it is a share. */
  about: string;
  /** Range over model variants, when the results state one. */
  range: string;
}

/** The range in a sentence; runs in which stocks run out are named apart, never dropped. */
export function rangeWords(range: Range | undefined): string {
  const span = spanOf(range);
  if (span === null) return '';
  const numbers = formatLossSpan(span.low, span.high);
  const { beyond } = span;
  if (beyond === null)
    return `Over model variants: ${numbers}.`;
  const supplied = beyond.of - beyond.runs;
  return (
    `Over the ${supplied} of ${beyond.of} model variants in which no input runs short: ` +
    `${numbers}. ${beyondWords(beyond)}.`
  );
}

/** "In 1 of 6 variants stocks run out: up to 52 % loss" */
export function beyondWords(beyond: {
  runs: number;
  of: number;
  low: number | null;
  high: number | null;
}): string {
  const reach = [
    ...(beyond.high === null ? [] : [`up to ${formatLoss(beyond.high)}`]),
    ...(beyond.low === null ? [] : [`down to ${formatLoss(beyond.low)}`]),
  ].join(' and ');
  const what = `In ${beyond.runs} of ${beyond.of} variants stocks run out`;
  return reach === '' ? `${what}, with results inside this range` : `${what}: ${reach}`;
}

function regionFigures(results: Results, names: Names, scenario: string): KeyFigure[] {
  const losses = readLosses(ofScenario(findTable(results, 'loss_by_region'), scenario));
  const rangeTable = ofScenario(findTable(results, 'range'), scenario);
  const unit = results.origin.world.unit;
  const figures: KeyFigure[] = [];
  const usual = usualMeasure(losses);

  const show = (row: RegionLoss, measure: Measure, title: string, named: boolean) => {
    const percent = row.percent[measure];
    if (percent === null) return;
    const money = row.money[measure];
    const of = `% of ${named ? 'its' : `${names.region(row.region)}’s`} baseline ${MEASURE_NAMES[measure].toLowerCase()}`;
    figures.push({
      title,
      value: formatLoss(percent),
      about:
        (named ? `${names.region(row.region)}, ` : '') +
        of +
        (money === null ? '' : `; ${formatMoney(Math.abs(money), unit)}`),
      range: rangeWords(readRanges(rangeTable, measure).get(row.region)),
    });
  };

  const focus = losses.find((row) => row.region === results.focus);
  if (focus !== undefined) {
    const name = names.region(focus.region);
    show(focus, usual, `${name}: ${MEASURE_NAMES[usual].toLowerCase()}`, false);
    show(focus, 'final_use', `${name}: final use`, false);
  }

  const others = losses.filter((row) => row.region !== WORLD);
  const lost = (row: RegionLoss, value: number | null) => (value ?? 0) > 0 && row !== focus;
  const what = MEASURE_NAMES[usual].toLowerCase();
  const [worst] = largestFirst(others, (row) => row.percent[usual]);
  const [costliest] = largestFirst(others, (row) => row.money[usual]);
  // The focus region has its figures already.
  if (worst !== undefined && lost(worst, worst.percent[usual]))
    show(worst, usual, `Largest loss of ${what}, for its size`, true);
  if (
    costliest !== undefined &&
    costliest !== worst &&
    lost(costliest, costliest.money[usual])
  )
    figures.push({
      title: `Largest loss of ${what}, in money`,
      value: formatMoney(costliest.money[usual], unit),
      about: `${names.region(costliest.region)}, ${formatPercent(costliest.percent[usual])} of its baseline ${what}`,
      range: '',
    });

  // Who lost nothing has nothing to recover.
  const patient = focus !== undefined && (focus.percent.output ?? 0) > 0 ? focus : worst;
  const dated = new Set((findTable(results, 'loss_by_region')?.columns ?? []).map((c) => c.name));
  if (
    patient !== undefined &&
    dated.has('recovery_day') &&
    (patient.percent.output ?? patient.percent[usual] ?? 0) > 0
  ) {
    const day = patient.recoveryDay;
    figures.push({
      title: `Recovery of output in ${names.region(patient.region)}`,
      value: day === null ? 'not yet' : formatRecovery(day),
      about:
        day === null
          ? 'not within the simulated days'
          : day === 0
            ? 'its output never falls below the recovery threshold'
            : 'counted from the start of the run',
      range: '',
    });
  }
  return figures;
}

/** The industry that loses most in money; in per cent only where the results hold no money. */
function hardestHit(results: Results, names: Names, scenario: string): KeyFigure[] {
  const table = ofScenario(findTable(results, 'sectors_hit'), scenario);
  if (table === null) return [];
  const reader = new TableReader(table);
  const inMoney = reader.has('output_loss');
  const column = inMoney ? 'output_loss' : 'output_loss_pct';
  const [row] = largestFirst(reader.rows(), (r) => reader.number(column, r));
  if (row === undefined || (reader.number(column, row) ?? 0) <= 0) return [];
  const industry = names.industry(reader.text('industry', row));
  const percent = formatPercent(reader.number('output_loss_pct', row));
  return [
    inMoney
      ? {
          title: 'Largest loss of output of an industry, in money',
          value: formatMoney(reader.number('output_loss', row), results.origin.world.unit),
          about: `${industry}, ${percent} of its baseline output`,
          range: '',
        }
      : {
          title: 'Largest loss of output of an industry, for its size',
          value: percent,
          about: `${industry}, % of its baseline output`,
          range: '',
        },
  ];
}

function firstShortage(results: Results, names: Names, scenario: string): KeyFigure[] {
  const table = ofScenario(findTable(results, 'shortages'), scenario);
  if (table === null) return [];
  const reader = new TableReader(table);
  const dated = reader.rows((r) => reader.number('first_day', r) !== null);
  const [row] = largestFirst(dated, (r) => -(reader.number('first_day', r) ?? 0));
  if (row === undefined) return [];
  return [
    {
      title: 'First shortage',
      value: formatDay(reader.number('first_day', row)),
      about: `${names.sector(reader.text('product', row))}, missing in ${names.industry(reader.text('industry', row))}`,
      range: '',
    },
  ];
}

function effectiveSuppliers(table: ResultTable | null): KeyFigure[] {
  if (table === null) return [];
  const reader = new TableReader(table);
  const [row] = reader.rows((r) => reader.text('measure', r) === 'look_through');
  const count = row === undefined ? null : reader.number('effective_suppliers_foreign', row);
  if (count === null) return [];
  return [
    {
      title: 'Effective foreign suppliers',
      value: formatFixed(count, 1),
      about: 'regions, looked through; as concentrated as that many suppliers of equal size',
      range: '',
    },
  ];
}

/** The largest foreign supplier, as the books show it and through all tiers. */
function dependenceFigures(results: Results, names: Names): KeyFigure[] {
  const [buyer] = buyersOf(results, names);
  if (buyer === undefined) return [];
  const home = homeOf(buyer, names);
  const rows = readReliance(pick(findTable(results, 'reliance'), 'buyer', buyer)).filter(
    (row) => row.supplier !== home,
  );
  const buyerName = names.forColumn('buyer', buyer);
  const figures: KeyFigure[] = [];
  const [byFace] = largestFirst(rows, (row) => row.face);
  const [byThrough] = largestFirst(rows, (row) => row.through);
  if (byFace !== undefined && byFace.face !== null)
    figures.push({
      title: `${buyerName}: largest foreign supplier at face value`,
      value: formatShare(byFace.face),
      about: `${names.region(byFace.supplier)}, direct purchases, % of the buyer’s output; looked through ${formatShare(byFace.through)}`,
      range: '',
    });
  if (byThrough !== undefined && byThrough.through !== null)
    figures.push({
      title: `${buyerName}: largest foreign supplier, looked through`,
      value: formatShare(byThrough.through),
      about: `${names.region(byThrough.supplier)}, purchases through all tiers, % of the buyer’s output; at face value ${formatShare(byThrough.face)}`,
      range: '',
    });
  return [
    ...figures,
    ...effectiveSuppliers(pick(findTable(results, 'concentration'), 'buyer', buyer)),
  ];
}

/** Who loses and who gains most where trade settles, and the world. */
function settlesFigures(results: Results, names: Names, scenario: string): KeyFigure[] {
  const all = readSettled(ofScenario(findTable(results, 'equilibrium_regions'), scenario));
  const bands = readWelfareBands(ofScenario(findTable(results, 'equilibrium_bands'), scenario));
  const show = (row: Settled | undefined, title: string): KeyFigure[] => {
    if (row === undefined || row.welfare === null) return [];
    const band = bands.get(row.region);
    const known = band !== undefined && band.low !== null && band.high !== null;
    return [
      {
        title,
        value: formatPercent(row.welfare),
        about: `${names.region(row.region)}, change of what final spending buys`,
        range: known
          ? `Nine in ten draws: ${formatPercent(band.low)} to ${formatPercent(band.high)}.`
          : '',
      },
    ];
  };
  const regions = all.filter((row) => row.region !== WORLD && row.welfare !== null);
  const sorted = largestFirst(regions, (row) => row.welfare);
  const best = sorted.at(0);
  const worst = sorted.at(-1);
  return [
    ...((worst?.welfare ?? 0) < 0 ? show(worst, 'Largest loss of welfare') : []),
    ...((best?.welfare ?? 0) > 0 ? show(best, 'Largest gain of welfare') : []),
    ...show(
      all.find((row) => row.region === WORLD),
      'Welfare of the world as a whole',
    ),
  ];
}

export function keyFigures(results: Results, names: Names, scenario: string): KeyFigure[] {
  const settled = settlesFigures(results, names, scenario);
  if (!halves(results).losses)
    return settled.length > 0 ? settled : dependenceFigures(results, names);
  return [
    ...regionFigures(results, names, scenario),
    ...hardestHit(results, names, scenario),
    ...firstShortage(results, names, scenario),
    ...settled,
  ];
}
