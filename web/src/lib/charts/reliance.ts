// SPDX-License-Identifier: Apache-2.0
import { formatPercent, formatShare } from '../format/numbers';
import type { ChartEnv } from './look';
import { pairBars } from './pair-bars';
import type { ChartOption } from './setup';

export interface RelianceRow {
  supplier: string;
  face: number | null;
  through: number | null;
  hidden: number | null;
  origin: number | null;
}

export interface Reliance {
  rows: readonly RelianceRow[];
  name: (supplier: string) => string;
  estimated: boolean;
}

/** Two bars a supplier: what the books show, and what all tiers need. */
export function reliance({ rows, name, estimated }: Reliance, env: ChartEnv): ChartOption {
  const percent = (share: number | null) => (share === null ? null : share * 100);
  const pairs = rows.map((row) => ({
    label: name(row.supplier),
    first: percent(row.face),
    second: percent(row.through),
    details: [
      { label: 'Face value', value: formatShare(row.face) },
      { label: 'Look-through', value: formatShare(row.through) },
      { label: 'Hidden', value: formatShare(row.hidden) },
      { label: 'Value-added origin', value: formatShare(row.origin) },
    ],
  }));
  return pairBars({ rows: pairs, estimated, format: (value) => formatPercent(value) }, env);
}
