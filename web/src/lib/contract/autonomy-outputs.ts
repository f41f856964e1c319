// SPDX-License-Identifier: Apache-2.0
// Further outputs of a study of autonomy: the bill of materials, losses by sector abroad, a stop by the
// newcomer, drivers off the draws, what denial does. What is missing is null.
import { formatMoney } from '../format/money';
import { formatPercent } from '../format/numbers';
import { driversByOutcome, readerOf, type AutonomyTables, type CostPart, type Driver } from './autonomy';

/** Bars that can be told apart. */
const COMPONENTS = 6;
const REST = 'All other components';

/** The bill by component and origin over the years; small components together, profit last. */
export function readBill(tables: AutonomyTables): { years: number[]; parts: CostPart[] } {
  const reader = readerOf(tables, 'bill_cost');
  if (reader === null) return { years: [], parts: [] };
  const years = [...new Set(reader.rows().map((row) => reader.number('year', row) ?? 0))].sort((a, b) => a - b);
  const size = new Map<string, number>();
  for (const row of reader.rows()) {
    if (reader.text('stage', row) === 'profit') continue;
    const component = reader.text('component', row);
    size.set(component, (size.get(component) ?? 0) + Math.abs(reader.number('value', row) ?? 0));
  }
  const kept = [...size.entries()]
    .sort((a, b) => b[1] - a[1])
    .slice(0, size.size <= COMPONENTS + 1 ? size.size : COMPONENTS)
    .map(([component]) => component);
  const parts = new Map<string, CostPart>();
  for (const row of reader.rows()) {
    const own = reader.text('component', row);
    const component = reader.text('stage', row) === 'profit' || kept.includes(own) ? own : REST;
    const origin = reader.text('origin', row);
    const key = JSON.stringify([component, origin]);
    const part = parts.get(key) ?? { component, origin, values: years.map((): number | null => null) };
    parts.set(key, part);
    const at = years.indexOf(reader.number('year', row) ?? 0);
    const value = reader.number('value', row);
    if (value !== null) part.values[at] = (part.values[at] ?? 0) + value;
  }
  const place = ({ component, origin }: CostPart) =>
    (kept.includes(component) ? kept.indexOf(component) : component === REST ? COMPONENTS : COMPONENTS + 1) * 2 +
    (origin === 'imported' ? 1 : 0);
  return {
    years,
    // A component that is never bought abroad, or never at home, has no second bar.
    parts: [...parts.values()]
      .filter(({ values }) => values.some((value) => (value ?? 0) !== 0))
      .sort((a, b) => place(a) - place(b)),
  };
}

/** "Imported components are 13 % of the price in 2025 and 2 % in 2039." */
export function billWords({ years, parts }: { years: readonly number[]; parts: readonly CostPart[] }): string {
  const share = (year: number) => {
    const sum = (of: readonly CostPart[]) => of.reduce((all, part) => all + (part.values[year] ?? 0), 0);
    const all = sum(parts);
    return all <= 0 ? null : (100 * sum(parts.filter(({ origin }) => origin === 'imported'))) / all;
  };
  const last = years.length - 1;
  const [begin, end] = [share(0), share(last)];
  return begin === null || end === null || last < 1
    ? ''
    : `Imported components are ${formatPercent(begin)} of the price in ${years[0] ?? ''} and ${formatPercent(end)} in ${years[last] ?? ''}.`;
}

export interface SectorLoss {
  region: string;
  sector: string;
  name: string;
  value: number | null;
  ofSector: number | null;
  ofFinalUse: number | null;
}

/** Losses abroad by country and sector of one year (the last if null), the largest first. */
export function readSectorLosses(
  tables: AutonomyTables,
  wanted: number | null = null,
): { year: number | null; years: number[]; money: string; rows: SectorLoss[] } {
  const reader = readerOf(tables, 'competitor_sectors');
  if (reader === null) return { year: null, years: [], money: '', rows: [] };
  const years = [...new Set(reader.rows().map((row) => reader.number('year', row) ?? 0))].sort((a, b) => a - b);
  const year = wanted !== null && years.includes(wanted) ? wanted : (years.at(-1) ?? null);
  return {
    year,
    years,
    money: reader.column('value_lost')?.unit ?? '',
    rows: reader
      .rows((row) => reader.number('year', row) === year)
      .map((row) => ({
        region: reader.text('region', row),
        sector: reader.text('sector', row),
        name: reader.text('sector_name', row) || reader.text('sector', row),
        value: reader.number('value_lost', row),
        ofSector: reader.number('of_sector_pct', row),
        ofFinalUse: reader.number('of_final_use_pct', row),
      }))
      .sort((a, b) => (b.value ?? 0) - (a.value ?? 0)),
  };
}

export function sectorLossWords(
  losses: ReturnType<typeof readSectorLosses>,
  region: (label: string) => string,
): string {
  const top = losses.rows[0];
  if (top === undefined || top.value === null || losses.year === null) return '';
  return (
    `The largest loss in ${losses.year}: ${region(top.region)}, ${top.name}, ${formatMoney(top.value, losses.money)} a year` +
    (top.ofSector === null ? '.' : `, ${formatPercent(top.ofSector)} of what the sector makes without the programme.`)
  );
}

export interface StopRow {
  region: string;
  soon: number | null;
  soonWithout: number | null;
  settled: number | null;
  settledWithout: number | null;
  share: number | null;
}

/** What a stop of sales by the newcomer would cost its buyers in the last year, % of real final use. */
export function readStops(tables: AutonomyTables, home: string): { year: number | null; rows: StopRow[] } {
  const reader = readerOf(tables, 'stop_by_newcomer') ?? readerOf(tables, 'dependence_on_newcomer');
  if (reader === null || !reader.has('stop_cost_pct')) return { year: null, rows: [] };
  const year = reader.rows().reduce((last, row) => Math.max(last, reader.number('year', row) ?? -Infinity), -Infinity);
  return {
    year: Number.isFinite(year) ? year : null,
    rows: reader
      .rows((row) => reader.number('year', row) === year && reader.text('region', row) !== home)
      .map((row) => ({
        region: reader.text('region', row),
        soon: reader.number('stop_cost_pct', row),
        soonWithout: reader.number('stop_cost_without_pct', row),
        settled: reader.number('stop_cost_long_pct', row),
        settledWithout: reader.number('stop_cost_long_without_pct', row),
        share: reader.number('share_pct', row),
      }))
      .sort((a, b) => (b.soon ?? 0) - (a.soon ?? 0)),
  };
}

export interface GivenDriver extends Driver {
  title: string;
  distinguishable: boolean;
  draws: number | null;
}

/** First-order shares off the draws in per cent, the largest first, by outcome. */
export function readGivenDrivers(tables: AutonomyTables): Map<string, GivenDriver[]> {
  return driversByOutcome<GivenDriver>(
    tables,
    'drivers_given',
    (reader, row, percent) => ({
      number: reader.text('number', row),
      title: reader.text('number_title', row),
      first: percent('first'),
      total: null,
      low: percent('first_low'),
      high: percent('first_high'),
      distinguishable: reader.text('verdict', row) === 'yes',
      draws: reader.number('draws', row),
    }),
    ({ first }) => first,
  );
}

/** How many of the numbers stand out of the noise. */
export function givenWords(drivers: readonly GivenDriver[]): string {
  const clear = drivers.filter(({ distinguishable }) => distinguishable).length;
  const draws = drivers[0]?.draws ?? null;
  const off = draws === null ? '' : `Off ${draws.toLocaleString('en-GB')} draws `;
  if (drivers.length === 0) return '';
  const words =
    clear === 0
      ? `none of the ${drivers.length} numbers can be told from chance.`
      : `${clear} of ${drivers.length} numbers can be told from chance; the others are not distinguishable from zero.`;
  return off === '' ? words.charAt(0).toUpperCase() + words.slice(1) : off + words;
}

export interface DenialLine {
  denied: string;
  years: number[];
  quality: (number | null)[];
  share: (number | null)[];
  speed: (number | null)[];
  undenied: (number | null)[];
  experience: (number | null)[];
}

/** The path under each denial, nothing denied first. */
export function readDenials(tables: AutonomyTables): DenialLine[] {
  const reader = readerOf(tables, 'denial');
  if (reader === null) return [];
  return reader.distinct('denied').map((denied) => {
    const rows = reader.rows((row) => reader.text('denied', row) === denied);
    const column = (name: string) => rows.map((row) => reader.number(name, row));
    return {
      denied,
      years: rows.map((row) => reader.number('year', row) ?? 0),
      quality: column('quality_relative'),
      share: column('domestic_share_pct'),
      speed: column('catch_up_speed'),
      undenied: column('undenied_speed'),
      experience: column('experience'),
    };
  });
}

/** Whether what is denied holds home makers back at the end, or drives them on. */
export function denialWords(lines: readonly DenialLine[]): string {
  const free = lines.find(({ denied }) => denied === 'nothing');
  const end = (line: DenialLine | undefined) => line?.share.at(-1) ?? null;
  const base = end(free);
  if (base === null) return '';
  const parts = lines
    .filter((line) => line !== free && end(line) !== null)
    .map((line) => {
      const value = end(line) ?? 0;
      const verb = value > base + 0.05 ? 'more' : value < base - 0.05 ? 'less' : 'as much';
      return `${line.denied}: ${formatPercent(value)} made at home (${verb} than without)`.replace(
        'as much than without',
        'as much as without',
      );
    });
  const year = free?.years.at(-1);
  return parts.length === 0
    ? ''
    : `In ${year ?? 'the last year'}, ${formatPercent(base)} is made at home if nothing is denied; if others deny ${parts.join('; ')}.`;
}
