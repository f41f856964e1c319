// SPDX-License-Identifier: Apache-2.0
// Computing power along the path, what it does for other sectors, accelerators against export rules.
import { formatNumber, formatPercent } from '../format/numbers';
import { readerOf, type AutonomyTables } from './autonomy';
import { flops, type Quantiles } from './compute';
import type { TableReader } from './tables';

export const LIMITS = ['wafers', 'memory', 'packaging', 'power', 'orders'] as const;
export type Limit = (typeof LIMITS)[number];

export const LIMIT_WORDS: Record<Limit, string> = {
  wafers: 'Wafers',
  memory: 'Memory',
  packaging: 'Packaging',
  power: 'Power',
  orders: 'Orders: nothing else binds',
};

export interface ComputePath {
  /** True with the programme. */
  programme: boolean;
  years: number[];
  binding: string[];
  /** % of the draws, by limit. */
  binds: Record<Limit, (number | null)[]>;
  compute: Record<keyof Quantiles, (number | null)[]>;
  gap: Record<keyof Quantiles, (number | null)[]>;
  domesticPct: (number | null)[];
  madePct: (number | null)[];
}

const quantilesOf = (reader: TableReader, rows: readonly number[], name: string) => {
  const column = (end: string) => rows.map((row) => reader.number(`${name}_${end}`, row));
  return { p05: column('p05'), p50: column('p50'), p95: column('p95') };
};

/** With the programme first. */
export function readComputePaths(tables: AutonomyTables): ComputePath[] {
  const reader = readerOf(tables, 'compute_years');
  if (reader === null) return [];
  return reader.distinct('path').map((path) => {
    const rows = reader.rows((row) => reader.text('path', row) === path);
    const column = (name: string) => rows.map((row) => reader.number(name, row));
    return {
      programme: path !== 'none',
      years: rows.map((row) => reader.number('year', row) ?? 0),
      binding: rows.map((row) => reader.text('binding', row)),
      binds: Object.fromEntries(LIMITS.map((limit) => [limit, column(`binds_${limit}_pct`)])) as ComputePath['binds'],
      compute: quantilesOf(reader, rows, 'effective_compute'),
      gap: quantilesOf(reader, rows, 'gap_months'),
      domesticPct: column('domestic_pct'),
      madePct: column('made_of_ordered_pct'),
    };
  });
}

/** Years in a row with the same limit: "memory 2025 to 2028". */
export function bindingSpans(path: ComputePath): { limit: string; from: number; to: number }[] {
  const spans: { limit: string; from: number; to: number }[] = [];
  path.binding.forEach((limit, i) => {
    const year = path.years[i] ?? 0;
    const last = spans.at(-1);
    if (last?.limit === limit) last.to = year;
    else spans.push({ limit, from: year, to: year });
  });
  return spans;
}

export function bindingWords(path: ComputePath): string {
  const spans = bindingSpans(path);
  if (spans.length === 0) return '';
  const words = spans.map(({ limit, from, to }) => {
    const what = limit === 'orders' ? 'nothing but orders' : limit;
    return from === to ? `${what} (${from})` : `${what} (${from} to ${to})`;
  });
  return `At central numbers what limits chips made at home is ${words.join(', then ')}.`;
}

export function computePathWords(path: ComputePath): string {
  const last = path.years.length - 1;
  const [begin, end] = [path.compute.p50[0] ?? null, path.compute.p50[last] ?? null];
  const gap = path.gap.p50[last] ?? null;
  const low = path.gap.p05[last] ?? null;
  const high = path.gap.p95[last] ?? null;
  if (begin === null || end === null || last < 1) return '';
  return (
    `With the programme effective compute in use goes from ${flops(begin)} in ${path.years[0] ?? ''} to ${flops(end)} in ${path.years[last] ?? ''} (medians)` +
    (gap === null ? '' : `, ${formatNumber(Math.round(gap))} months behind the frontier`) +
    (low === null || high === null
      ? '.'
      : ` (nine draws of ten: ${formatNumber(Math.round(low))} to ${formatNumber(Math.round(high))}).`)
  );
}

export interface DiffusionPath {
  programme: boolean;
  years: number[];
  stock: (number | null)[];
  adoption: (number | null)[];
  gain: (number | null)[];
}

export function readDiffusion(tables: AutonomyTables): DiffusionPath[] {
  const reader = readerOf(tables, 'diffusion');
  if (reader === null) return [];
  return reader.distinct('path').map((path) => {
    const rows = reader.rows((row) => reader.text('path', row) === path);
    const column = (name: string) => rows.map((row) => reader.number(name, row));
    return {
      programme: path !== 'none',
      years: rows.map((row) => reader.number('year', row) ?? 0),
      stock: column('stock'),
      adoption: column('adoption_pct'),
      gain: column('gain_pct'),
    };
  });
}

export interface DiffusionSector {
  name: string;
  exposure: number | null;
  productivity: number | null;
  without: number | null;
  output: number | null;
}

/** Sectors by their gain of productivity, the largest first. */
export function readDiffusionSectors(tables: AutonomyTables): { year: number | null; rows: DiffusionSector[] } {
  const reader = readerOf(tables, 'diffusion_sectors');
  if (reader === null) return { year: null, rows: [] };
  return {
    year: reader.number('year', 0),
    rows: reader
      .rows()
      .map((row) => ({
        name: reader.text('sector_name', row) || reader.text('sector', row),
        exposure: reader.number('exposure', row),
        productivity: reader.number('productivity_pct', row),
        without: reader.number('productivity_without_pct', row),
        output: reader.number('output_by_programme_pct', row),
      }))
      .sort((a, b) => (b.productivity ?? 0) - (a.productivity ?? 0)),
  };
}

export interface RatedChip {
  name: string;
  maker: string;
  released: string;
  tpp: number | null;
  density: number | null;
  /** performance, density, none, or unknown. */
  limit: string;
}

/** Accelerators by their performance, the largest first. */
export function readRatedChips(tables: AutonomyTables): RatedChip[] {
  const reader = readerOf(tables, 'compute_thresholds');
  if (reader === null) return [];
  return reader
    .rows()
    .map((row) => ({
      name: reader.text('accelerator', row),
      maker: reader.text('maker', row),
      released: reader.text('released', row),
      tpp: reader.number('tpp', row),
      density: reader.number('performance_density', row),
      limit: reader.text('limit_met', row),
    }))
    .sort((a, b) => (b.tpp ?? 0) - (a.tpp ?? 0));
}

export const LIMIT_MET: Record<string, string> = {
  performance: 'controlled: performance',
  density: 'controlled: density',
  none: 'below both limits',
  unknown: 'unknown: no area',
};

export interface ScaleUpRow {
  quantity: string;
  published: number | null;
  ratio: number | null;
  low: number | null;
  high: number | null;
}

export function readScaleUp(tables: AutonomyTables): ScaleUpRow[] {
  const reader = readerOf(tables, 'scale_up');
  if (reader === null) return [];
  return reader.rows().map((row) => ({
    quantity: reader.text('quantity', row),
    published: reader.number('published', row),
    ratio: reader.number('ratio', row),
    low: reader.number('ratio_p05', row),
    high: reader.number('ratio_p95', row),
  }));
}

/** "2.3× (published: 2.3×)" */
export function ratioWords(row: ScaleUpRow): string {
  const times = (value: number) => `${formatNumber(Number(value.toPrecision(3)))}×`;
  if (row.ratio === null) return '–';
  return times(row.ratio) + (row.published === null ? '' : ` (published: ${times(row.published)})`);
}

/** What compute in use does for others by the last year. */
export function diffusionWords(paths: readonly DiffusionPath[]): string {
  const withIt = paths.find(({ programme }) => programme);
  const without = paths.find(({ programme }) => !programme);
  const end = (path: DiffusionPath | undefined) => path?.gain.at(-1) ?? null;
  const [own, other] = [end(withIt), end(without)];
  if (own === null) return '';
  return (
    `By ${withIt?.years.at(-1) ?? 'the last year'} a sector that can have all of it gains ${formatPercent(own)} of productivity` +
    (other === null ? '.' : `, ${formatPercent(other)} without the programme.`)
  );
}
