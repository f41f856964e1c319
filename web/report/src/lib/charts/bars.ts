// SPDX-License-Identifier: Apache-2.0
// Horizontal bars, one a row, with optional whiskers for a range and the value written beside.
import { tooltip, type TipRow } from '../format/escape';
import { formatBorder, formatPercent } from '../format/numbers';
import { estimatedDecal, isNarrow, type ChartEnv } from './look';
import { rowAxis, textStyle, tooltipFrame, valueAxis } from './parts';
import type { ChartOption } from './setup';

export interface BarRow {
  label: string;
  /** Percent; positive is a loss. */
  value: number | null;
  low?: number | null;
  high?: number | null;
  details: readonly TipRow[];
}

export interface Bars {
  rows: readonly BarRow[];
  estimated: boolean;
  labelWidth?: number;
}

export function barsHeight(rows: number, env: ChartEnv): number {
  // Closer on paper, so that a chart and its table share a page.
  return rows * (env.printing ? 20 : isNarrow(env) ? 34 : 28) + 44;
}

/** Where the written value goes: right of bar, whisker and zero, clear of the row labels. */
function outerEnd(row: BarRow): number {
  return Math.max(row.value ?? 0, row.high ?? 0, 0);
}

export function bars({ rows, estimated, labelWidth }: Bars, env: ChartEnv): ChartOption {
  const { look } = env;
  const decal = estimated ? { decal: estimatedDecal(look) } : {};
  return {
    animation: false,
    textStyle: textStyle(env),
    grid: { left: 8, right: 56, top: 4, bottom: 8, containLabel: true },
    tooltip: {
      ...tooltipFrame(env),
      trigger: 'axis',
      axisPointer: { type: 'shadow' },
      formatter: (params) => {
        const first = Array.isArray(params) ? params[0] : params;
        const row = rows[first?.dataIndex ?? -1];
        return row === undefined ? '' : tooltip(row.label, row.details);
      },
    },
    xAxis: valueAxis(env, formatBorder),
    yAxis: rowAxis(
      env,
      rows.map((row) => row.label),
      env.printing ? 330 : labelWidth,
    ),
    series: [
      {
        type: 'bar',
        barWidth: '62%',
        data: rows.map((row) => ({
          value: row.value ?? '-',
          itemStyle: { color: (row.value ?? 0) < 0 ? look.gain : look.loss, ...decal },
        })),
        emphasis: { disabled: true },
      },
      {
        type: 'custom',
        silent: true,
        // Above the bars, which would hide the lower whisker.
        z: 3,
        // Low and high take part, so that the axis is long enough for the whiskers.
        data: rows.map((row, i) => [row.low ?? row.value ?? 0, row.high ?? row.value ?? 0, i]),
        encode: { x: [0, 1], y: 2 },
        renderItem: (params, api) => {
          const index = params.dataIndex;
          const row = rows[index];
          if (row === undefined) return null;
          const at = (x: number) => api.coord([x, index]) as [number, number];
          const [end, y] = at(outerEnd(row));
          const written = {
            type: 'text' as const,
            style: {
              text: row.value === null ? 'undefined' : formatPercent(row.value),
              x: end + 6,
              y,
              fill: look.ink,
              fontSize: 12,
              align: 'left' as const,
              verticalAlign: 'middle' as const,
            },
          };
          if (typeof row.low !== 'number' || typeof row.high !== 'number') return written;
          const low = at(row.low)[0];
          const high = at(row.high)[0];
          const line = (x1: number, y1: number, x2: number, y2: number) => ({
            type: 'line' as const,
            shape: { x1, y1, x2, y2 },
            style: { stroke: look.whisker, lineWidth: 1.5 },
          });
          return {
            type: 'group' as const,
            children: [
              line(low, y, high, y),
              line(low, y - 5, low, y + 5),
              line(high, y - 5, high, y + 5),
              written,
            ],
          };
        },
      },
    ],
  };
}
