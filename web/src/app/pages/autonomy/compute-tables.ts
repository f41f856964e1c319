// SPDX-License-Identifier: Apache-2.0
// The answer linchpin.compute as tables.
import {
  flops,
  SHADOW_WORDS,
  SOURCE_WORDS,
  type ComputeAnswer,
  type Quantiles,
} from '../../../lib/contract/compute';
import type { ResultTable } from '../../../lib/contract/types';
import { makeTable } from '../../lib/tables';

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
