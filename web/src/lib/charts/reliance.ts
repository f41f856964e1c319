// SPDX-License-Identifier: Apache-2.0
import { tooltip } from '../format/escape';
import { formatBorder, formatShare } from '../format/numbers';
import { estimatedDecal, isNarrow, type ChartEnv } from './look';
import { rowAxis, textStyle, tooltipFrame, valueAxis } from './parts';
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

export function relianceHeight(rows: number, env: ChartEnv): number {
  return rows * (env.printing ? 27 : isNarrow(env) ? 40 : 34) + 44;
}

/** Two bars a supplier: what the books show, and what all tiers need. */
export function reliance({ rows, name, estimated }: Reliance, env: ChartEnv): ChartOption {
  const { look } = env;
  const decal = estimated ? { decal: estimatedDecal(look) } : {};
  const percent = (share: number | null) => (share === null ? '-' : share * 100);
  const pair = (color: string, value: (row: RelianceRow) => number | null) => ({
    type: 'bar' as const,
    barWidth: '36%',
    barGap: '8%',
    data: rows.map((row) => percent(value(row))),
    itemStyle: { color, ...decal },
    emphasis: { disabled: true },
    label: {
      show: true,
      position: 'right' as const,
      color: look.ink,
      fontSize: 11,
      formatter: (params: { dataIndex: number }) => {
        const row = rows[params.dataIndex];
        return row === undefined ? '' : formatShare(value(row));
      },
    },
  });
  return {
    animation: false,
    textStyle: textStyle(env),
    grid: { left: 8, right: 52, top: 4, bottom: 8, containLabel: true },
    tooltip: {
      ...tooltipFrame(env),
      trigger: 'axis',
      axisPointer: { type: 'shadow' },
      formatter: (params) => {
        const first = Array.isArray(params) ? params[0] : params;
        const row = rows[first?.dataIndex ?? -1];
        if (row === undefined) return '';
        return tooltip(name(row.supplier), [
          { label: 'Face value', value: formatShare(row.face) },
          { label: 'Look-through', value: formatShare(row.through) },
          { label: 'Hidden', value: formatShare(row.hidden) },
          { label: 'Value-added origin', value: formatShare(row.origin) },
        ]);
      },
    },
    xAxis: valueAxis(env, formatBorder),
    yAxis: rowAxis(
      env,
      rows.map((row) => name(row.supplier)),
    ),
    series: [pair(look.direct, (row) => row.face), pair(look.through, (row) => row.through)],
  };
}
