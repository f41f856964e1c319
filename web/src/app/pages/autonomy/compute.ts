// SPDX-License-Identifier: Apache-2.0
// The answer linchpin.compute, read, in words and as tables.
import type { ResultTable } from '../../../lib/contract/types';
import { formatNumber, formatShare, UNDEFINED } from '../../../lib/format/numbers';
import { makeTable } from '../../lib/tables';

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

export const SOURCE_WORDS: Record<string, string> = {
  legal_imports: 'Imported legally',
  smuggled: 'Smuggled',
  rented: 'Rented abroad',
  domestic: 'Made at home',
  total: 'In all',
};

const SHADOW_WORDS: Record<string, string> = {
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

const spread = [
  { name: 'p05', title: '5 % are below' },
  { name: 'p50', title: 'Median' },
  { name: 'p95', title: '95 % are below' },
];

export function computeTables(answer: ComputeAnswer): Record<'sources' | 'odds' | 'shadow', ResultTable> {
  return {
    sources: makeTable(
      'effective_compute',
      'Effective compute by source',
      [
        {
          name: 'source',
          title: 'Source',
          type: 'text',
          of: (row: ComputeAnswer['sources'][number]) => SOURCE_WORDS[row.name] ?? row.name,
        },
        ...spread.map((column) => ({ ...column, unit: 'FLOP/s' })),
      ],
      answer.sources,
    ),
    odds: makeTable(
      'binding',
      'What binds',
      [
        { name: 'name', title: 'Constraint', type: 'text' },
        { name: 'share', title: 'Binds', unit: 'share of draws' },
      ],
      answer.odds,
    ),
    shadow: makeTable(
      'shadow_values',
      'What one more of each would bring',
      [
        {
          name: 'what',
          title: 'One more',
          type: 'text',
          of: (row: ComputeAnswer['shadow'][number]) => SHADOW_WORDS[row.name] ?? row.name,
        },
        ...spread.map((column) => ({
          ...column,
          type: 'text' as const,
          of: (row: ComputeAnswer['shadow'][number]) => flops(row[column.name as keyof Quantiles]),
        })),
      ],
      answer.shadow,
    ),
  };
}
