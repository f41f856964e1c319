// SPDX-License-Identifier: Apache-2.0
// Rows of charts and tables of the equilibrium page. Losses are positive in charts, as everywhere;
// tables keep the sign of the documents, where a loss is negative.
import type { BarRow } from '../../../lib/charts/bars';
import type { Names } from '../../../lib/contract/names';
import type { ResultTable } from '../../../lib/contract/types';
import { formatMoney } from '../../../lib/format/money';
import { formatFixed, formatLoss, formatPercent, THIN } from '../../../lib/format/numbers';
import { sentence } from '../../lib/problems';
import { makeTable } from '../../lib/tables';
import { PARTS, type EquilibriumView, type FlowRow, type RegionRow, type SectorRow } from './view';

export const loss = (value: number | null) => (value === null ? null : value === 0 ? 0 : -value);

/** Digits that tell the values of one chart apart: small changes would all read as "<0.01 %". */
function written(values: readonly (number | null)[]): (value: number | null) => { written?: string } {
  const largest = values.reduce<number>((most, value) => Math.max(most, Math.abs(value ?? 0)), 0);
  if (largest >= 1 || largest === 0) return () => ({});
  const decimals = Math.min(6, Math.ceil(-Math.log10(largest)) + 2);
  return (value) => (value === null ? {} : { written: `${formatFixed(value, decimals)}${THIN}%` });
}

/** Largest loss first; what is no result last. */
export function byLoss(rows: readonly RegionRow[]): RegionRow[] {
  return [...rows].sort((a, b) => (a.welfare ?? Infinity) - (b.welfare ?? Infinity));
}

export function welfareBars(rows: readonly RegionRow[], names: Names, unit: string): BarRow[] {
  const write = written(rows.map((row) => row.welfare));
  return byLoss(rows).map((row) => ({
    label: names.region(row.region),
    value: loss(row.welfare),
    ...write(loss(row.welfare)),
    ...(row.outlier === '' ? {} : { written: 'no result' }),
    low: loss(row.high),
    high: loss(row.low),
    details: [
      { label: 'Welfare, % of the base', value: formatPercent(row.welfare) },
      { label: 'In money, per year', value: formatMoney(row.money, unit) },
      ...(row.low === null
        ? []
        : [
            {
              label: 'Nine draws in ten',
              value: `${formatPercent(row.low)} to ${formatPercent(row.high)}`,
            },
          ]),
      ...(row.outlier === '' ? [] : [{ label: 'Outlier', value: row.outlier }]),
    ],
  }));
}

export function wageBars(rows: readonly RegionRow[], names: Names): BarRow[] {
  const write = written(rows.map((row) => row.realWage));
  return [...rows]
    .filter((row) => row.realWage !== null)
    .sort((a, b) => (a.realWage ?? 0) - (b.realWage ?? 0))
    .map((row) => ({
      label: names.region(row.region),
      value: loss(row.realWage),
      ...write(loss(row.realWage)),
      details: [
        { label: 'Real wage', value: formatPercent(row.realWage) },
        { label: 'Consumer prices', value: formatPercent(row.prices) },
        { label: 'Imports', value: formatPercent(row.imports) },
        { label: 'Exports', value: formatPercent(row.exports) },
      ],
    }));
}

/** What a region pays for each product: the largest changes, rises first. */
export function priceBars(
  rows: readonly SectorRow[],
  region: string,
  names: Names,
  unit: string,
): BarRow[] {
  return rows
    .filter((row) => row.region === region && row.price !== null)
    .sort((a, b) => (b.price ?? 0) - (a.price ?? 0))
    .map((row) => ({
      label: names.sector(row.sector),
      value: row.price,
      details: [
        { label: 'Price to buyers in the region', value: formatPercent(row.price) },
        { label: 'Cost of makers', value: formatPercent(row.cost) },
        { label: 'Real output', value: formatPercent(row.output) },
        { label: 'Output of the base, per year', value: formatMoney(row.outputBefore, unit) },
      ],
    }));
}

export function changeOf(row: FlowRow): number | null {
  return row.before > 0 ? (100 * (row.after - row.before)) / row.before : null;
}

export function flowName(row: FlowRow, names: Names): string {
  const way = `${names.region(row.exporter)} → ${names.region(row.importer)}`;
  return row.sector === '' ? way : `${way}: ${names.sector(row.sector)}`;
}

/** The flows that change most in money. */
export function largestChanges(rows: readonly FlowRow[], count: number): FlowRow[] {
  return rows
    .filter((row) => row.exporter !== row.importer && row.after !== row.before)
    .sort((a, b) => Math.abs(b.after - b.before) - Math.abs(a.after - a.before))
    .slice(0, count);
}

/** The regions that trade most, so many of them. */
export function largestTraders(rows: readonly FlowRow[], count: number): string[] {
  const size = new Map<string, number>();
  for (const row of rows)
    for (const region of new Set([row.exporter, row.importer]))
      size.set(region, (size.get(region) ?? 0) + row.before);
  return [...size.keys()].sort((a, b) => (size.get(b) ?? 0) - (size.get(a) ?? 0)).slice(0, count);
}

export function flowBars(
  rows: readonly FlowRow[],
  names: Names,
  axis: { factor: number; unit: string },
  unit: string,
): BarRow[] {
  return rows.map((row) => {
    const change = row.after - row.before;
    return {
      label: flowName(row, names),
      value: -change * axis.factor,
      written: `${change > 0 ? '+' : '\u2212'}${formatMoney(Math.abs(change), unit)}`,
      details: [
        { label: 'Before, per year', value: formatMoney(row.before, unit) },
        { label: 'After, per year', value: formatMoney(row.after, unit) },
        { label: 'Change', value: formatPercent(changeOf(row)) },
      ],
    };
  });
}

/** Loss of deliveries in %, exporters by importers; null at home and where there was no trade. */
export function flowMatrix(
  rows: readonly FlowRow[],
  regions: readonly string[],
): (number | null)[][] {
  const place = new Map(regions.map((label, i) => [label, i]));
  const matrix = regions.map(() => regions.map((): number | null => null));
  for (const row of rows) {
    const line = matrix[place.get(row.exporter) ?? -1];
    const column = place.get(row.importer);
    if (line !== undefined && column !== undefined && row.exporter !== row.importer)
      line[column] = loss(changeOf(row));
  }
  return matrix;
}

/** The parts of one region's loss of welfare; parts that are nothing at all are left out. */
export function partBars(row: RegionRow): BarRow[] {
  const { parts } = row;
  if (parts === null) return [];
  const write = written(Object.values(parts));
  const largest = PARTS.reduce((most, { name }) => Math.max(most, Math.abs(parts[name] ?? 0)), 0);
  // What is left by rounding alone is no part.
  return PARTS.filter(({ name }) => Math.abs(parts[name] ?? 0) > Math.max(1e-9, 1e-4 * largest)).map(({ name, title }) => ({
    label: title,
    value: loss(parts[name] ?? null),
    ...write(loss(parts[name] ?? null)),
    details: [{ label: 'Contribution to welfare', value: formatPercent(parts[name] ?? null) }],
  }));
}

/** Tables hold labels: they are shown by name, with the label beside it. */
const region = { name: 'region', title: 'Region', type: 'text' as const };

export function regionTable(view: EquilibriumView, unit: string): ResultTable {
  return makeTable(
    'welfare',
    'Welfare, wages and trade by region',
    [
      region,
      { name: 'welfare', title: 'Welfare', unit: '%' },
      ...(view.draws > 0
        ? [
            { name: 'low', title: '5 % of draws below', unit: '%' },
            { name: 'high', title: '95 % of draws below', unit: '%' },
          ]
        : []),
      { name: 'money', title: 'In money', unit: `${unit} per year` },
      { name: 'realWage', title: 'Real wage', unit: '%' },
      { name: 'prices', title: 'Consumer prices', unit: '%' },
      { name: 'imports', title: 'Imports', unit: '%' },
      { name: 'exports', title: 'Exports', unit: '%' },
      { name: 'firstOrder', title: 'Welfare, first order', unit: '%' },
      ...(view.regions.some((row) => (row.revenue ?? 0) !== 0)
        ? [{ name: 'revenue', title: 'Tariff revenue', unit: `${unit} per year` }]
        : []),
      ...(view.regions.some((row) => row.outlier !== '')
        ? [{ name: 'outlier', title: 'No result because', type: 'text' as const }]
        : []),
    ],
    byLoss(view.regions),
    'Changes against the base: negative is a loss.',
  );
}

export function flowTable(rows: readonly FlowRow[], unit: string): ResultTable {
  return makeTable(
    'flows',
    'Deliveries before and after',
    [
      { name: 'exporter', title: 'Seller', type: 'text' },
      { name: 'importer', title: 'Buyer', type: 'text' },
      ...(rows.some((row) => row.sector !== '')
        ? [
            {
              name: 'sector',
              title: 'Product',
              type: 'text' as const,
            },
          ]
        : []),
      { name: 'before', title: 'Before', unit: `${unit} per year` },
      { name: 'after', title: 'After', unit: `${unit} per year` },
      { name: 'change', title: 'Change', unit: '%', of: changeOf },
    ],
    rows,
  );
}

export function priceTable(rows: readonly SectorRow[], name: string): ResultTable {
  return makeTable(
    'prices',
    `Prices in ${name}`,
    [
      { name: 'sector', title: 'Product', type: 'text' },
      { name: 'price', title: 'Price to buyers', unit: '%' },
      { name: 'cost', title: 'Cost of makers', unit: '%' },
      { name: 'output', title: 'Real output', unit: '%' },
    ],
    rows,
  );
}

export function partTable(rows: readonly RegionRow[]): ResultTable {
  return makeTable(
    'parts',
    'Parts of the change of welfare',
    [
      region,
      ...PARTS.map(({ name, title }) => ({
        name,
        title,
        unit: '%',
        of: (row: RegionRow) => row.parts?.[name] ?? null,
      })),
    ],
    rows.filter((row) => row.parts !== null),
    'Per cent of the base (logs), negative is a loss; the parts add up to the change.',
  );
}

/** Who loses and who gains most, in a sentence. */
export function headline(view: EquilibriumView, names: Names): string {
  if (!view.solved) return sentence(view.lost);
  const sound = byLoss(view.regions).filter((row) => row.welfare !== null);
  const worst = sound[0];
  const best = sound.at(-1);
  if (worst === undefined || best === undefined) return '';
  const one = (row: RegionRow) => `${names.region(row.region)} (${formatLoss(loss(row.welfare))})`;
  const world =
    view.world?.welfare == null ? '' : ` The world as a whole: ${formatLoss(loss(view.world.welfare))} of welfare.`;
  if ((worst.welfare ?? 0) >= 0) return `Nobody loses; ${one(best)} gains most.${world}`;
  if ((best.welfare ?? 0) <= 0) return `Everybody loses, most of all ${one(worst)}.${world}`;
  return `Hardest hit: ${one(worst)}. Best off: ${one(best)}.${world}`;
}
