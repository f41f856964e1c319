// SPDX-License-Identifier: Apache-2.0
// Computing power: the answer linchpin.compute, or the tables of a study, read and in words.
import { formatNumber, formatShare, UNDEFINED } from '../format/numbers';
import { readerOf, type AutonomyTables } from './autonomy';

export interface Quantiles {
  p05: number | null;
  p50: number | null;
  p95: number | null;
}

export interface ComputeAnswer {
  binding: string;
  odds: { name: string; share: number }[];
  sources: ({ name: string } & Quantiles)[];
  shadow: ({ name: string } & Quantiles)[];
  gap: Quantiles;
  draws: number;
  assumptionShare: number | null;
  numbers: number;
}

type Row = Record<string, unknown>;
const record = (value: unknown): Row =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Row) : {};
const number = (value: unknown) =>
  typeof value === 'number' && Number.isFinite(value) ? value : null;
const quantiles = (value: unknown): Quantiles => ({
  p05: number(record(value)['p05']),
  p50: number(record(value)['p50']),
  p95: number(record(value)['p95']),
});
const named = (value: unknown) =>
  Object.entries(record(value)).map(([name, each]) => ({ name, ...quantiles(each) }));

export function readCompute(document: unknown): ComputeAnswer {
  const from = record(document);
  return {
    binding: typeof from['binding'] === 'string' ? from['binding'] : UNDEFINED,
    odds: Object.entries(record(from['binding_probability'])).map(([name, share]) => ({
      name,
      share: number(share) ?? 0,
    })),
    sources: named(from['effective_compute']),
    shadow: named(from['shadow_values']),
    gap: quantiles(from['gap_months']),
    draws: number(from['draws']) ?? 0,
    assumptionShare: number(from['assumption_share']),
    numbers: Array.isArray(from['numbers']) ? from['numbers'].length : 0,
  };
}

/** The same of the tables `compute` and `compute_limits`; null where there are none. */
export function computeOfTables(tables: AutonomyTables): ComputeAnswer | null {
  const sources = readerOf(tables, 'compute');
  const limits = readerOf(tables, 'compute_limits');
  if (sources === null) return null;
  const all = sources.rows().find((row) => sources.text('source', row) === 'all');
  const gap = (name: string) => (all === undefined ? null : sources.number(`gap_months_${name}`, all));
  return {
    // Of what is made at home alone: other sources say nothing.
    binding: sources.rows().map((row) => sources.text('binding', row)).find((each) => each !== '') ?? UNDEFINED,
    odds: (limits?.rows() ?? []).map((row) => ({
      name: limits?.text('constraint', row) ?? '',
      share: (limits?.number('binds_pct', row) ?? 0) / 100,
    })),
    sources: sources.rows().map((row) => ({
      name: sources.text('source', row) === 'all' ? 'total' : sources.text('source', row),
      p05: sources.number('effective_compute_p05', row),
      p50: sources.number('effective_compute_p50', row),
      p95: sources.number('effective_compute_p95', row),
    })),
    shadow: (limits?.rows() ?? []).map((row) => ({
      name: limits?.text('constraint', row) ?? '',
      p05: limits?.number('shadow_value_p05', row) ?? null,
      p50: limits?.number('shadow_value_p50', row) ?? null,
      p95: limits?.number('shadow_value_p95', row) ?? null,
    })),
    gap: { p05: gap('p05'), p50: gap('p50'), p95: gap('p95') },
    draws: 0,
    assumptionShare: null,
    numbers: 0,
  };
}

export const SOURCE_WORDS: Record<string, string> = {
  legal_imports: 'Imported legally',
  smuggled: 'Smuggled',
  rented: 'Rented abroad',
  domestic: 'Made at home',
  total: 'In all',
};

export const SHADOW_WORDS: Record<string, string> = {
  wafers: 'One more wafer a year',
  memory: 'One more memory stack a year',
  packaging: 'One more package a year',
  power: 'One more megawatt',
};

const STEPS: [size: number, name: string][] = [
  [1e21, 'ZFLOP/s'],
  [1e18, 'EFLOP/s'],
  [1e15, 'PFLOP/s'],
  [1e12, 'TFLOP/s'],
];

/** 4.1e19 -> "41 EFLOP/s" */
export function flops(value: number | null): string {
  if (value === null) return UNDEFINED;
  if (value === 0) return '0';
  const [size, name] = STEPS.find(([least]) => Math.abs(value) >= least) ?? [1, 'FLOP/s'];
  return `${(value / size).toLocaleString('en-GB', { maximumSignificantDigits: 3 })} ${name}`;
}

export function monthsRange(months: number | null): string {
  return months === null ? UNDEFINED : `${formatNumber(Math.round(months))} months`;
}

export function computeHeadline(answer: ComputeAnswer): string {
  const sure = answer.odds.find(({ name }) => name === answer.binding)?.share ?? null;
  const worth = answer.shadow.find(({ name }) => name === answer.binding);
  const total = answer.sources.find(({ name }) => name === 'total');
  const home = answer.sources.find(({ name }) => name === 'domestic');
  const of =
    total?.p50 != null && home?.p50 != null && total.p50 > 0
      ? ` About ${formatShare(home.p50 / total.p50)} of ${flops(total.p50)} in all is made at home (medians).`
      : '';
  return (
    `${answer.binding.charAt(0).toUpperCase()}${answer.binding.slice(1)} binds` +
    (sure === null ? '.' : ` (in ${formatShare(sure)} of the draws).`) +
    (worth?.p50 == null || worth.p50 === 0
      ? ''
      : ` ${SHADOW_WORDS[answer.binding] ?? 'One more unit of it'} would bring ${flops(worth.p50)}.`) +
    of
  );
}
