// SPDX-License-Identifier: Apache-2.0
// Horizontal bars, one a row, with optional whiskers for a range and the value written at the bar.
import { tooltip, type TipRow } from '../format/escape';
import { formatBorder, formatPercent } from '../format/numbers';
import { estimatedDecal, isNarrow, type ChartEnv } from './look';
import { rowAxis, textStyle, tooltipFrame, valueAxis } from './parts';
import type { ChartOption } from './setup';

export interface BarRow {
  label: string;
  /** Positive is a loss; percent unless the chart says otherwise. */
  value: number | null;
  /** Written at the bar; the value as a percentage if absent. */
  written?: string;
  /** The same for a narrow chart, whose subtitle names the unit. */
  writtenShort?: string;
  low?: number | null;
  high?: number | null;
  /** Results that the whisker leaves out: an arrow at the edge says how far they reach. */
  beyondLow?: number | null;
  beyondHigh?: number | null;
  details: readonly TipRow[];
}

export interface Bars {
  rows: readonly BarRow[];
  estimated: boolean;
  labelWidth?: number;
  /** Of the axis; percent if absent. */
  format?: (value: number) => string;
  /** True for quantities that are no losses. */
  plain?: boolean;
  /** Rows of all charts that are compared: they share one axis. */
  within?: readonly BarRow[];
}

export interface BarScale {
  min: number;
  max: number;
  interval: number;
}

export function barsHeight(rows: number, env: ChartEnv): number {
  // Closer on paper, so that a chart and its table share a page.
  return rows * (env.printing ? 21 : isNarrow(env) ? 34 : 28) + 44;
}

/** Starts at zero, or just below the smallest value; ends at a round step above the largest. */
export function barScale(rows: readonly BarRow[], steps: number): BarScale {
  let low = 0;
  let high = 0;
  for (const row of rows)
    for (const value of [row.value, row.low, row.high])
      if (typeof value === 'number') {
        low = Math.min(low, value);
        high = Math.max(high, value);
      }
  if (low === 0 && high === 0) return { min: 0, max: 1, interval: 1 };
  const rough = (high - low) / steps;
  const power = 10 ** Math.floor(Math.log10(rough));
  const interval = ([1, 2, 5, 10].find((step) => step * power >= rough * 0.999) ?? 10) * power;
  return {
    min: low * 1.03,
    max: high === 0 ? 0 : Math.ceil(high / interval - 0.02) * interval,
    interval,
  };
}

/** What an arrow at the edge says; a loss first, as it is the larger surprise. */
export function beyondLabel(row: BarRow): string {
  const { beyondLow: low, beyondHigh: high } = row;
  if (typeof high === 'number') return `▸ ${formatPercent(high, 0)}`;
  return typeof low === 'number' ? `◂ ${formatPercent(low, 0)}` : '';
}

export function bars(
  { rows, estimated, labelWidth, format = formatBorder, plain = false, within = rows }: Bars,
  env: ChartEnv,
): ChartOption {
  const { look } = env;
  const decal = estimated ? { decal: estimatedDecal(look) } : {};
  const scale = barScale(within, env.width < 760 ? 3 : 6);
  const anyWhisker = rows.some((row) => typeof row.low === 'number');
  const anyBeyond = rows.some((row) => beyondLabel(row) !== '');
  const written = rows.map(
    (row) =>
      (isNarrow(env) ? row.writtenShort : undefined) ??
      row.written ??
      (row.value === null ? 'undefined' : formatPercent(row.value)),
  );
  // Room right of the axis for the value of the longest bar, and behind it for the arrows.
  const longest = rows.reduce(
    (most, row, i) =>
      Math.max(most, 8 + (written[i] ?? '').length * 6.6 - roomRight(row, scale, env)),
    0,
  );
  const right = Math.round(Math.max(16, longest + (anyBeyond ? 56 : 0)));
  return {
    animation: false,
    textStyle: textStyle(env),
    grid: { left: 8, right, top: 4, bottom: 8, containLabel: true },
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
    xAxis: {
      ...valueAxis(env, format),
      min: scale.min,
      max: scale.max,
      // Not `interval`: ticks would then be counted from the minimum, not from zero.
      minInterval: scale.interval,
      maxInterval: scale.interval,
      axisLabel: {
        color: look.muted,
        formatter: (value: number) => format(value),
        hideOverlap: true,
        // The axis begins where the data do, which is rarely a round number.
        showMinLabel: scale.min === 0,
      },
      splitLine: { lineStyle: { color: look.rule }, showMinLine: scale.min === 0 },
    },
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
          itemStyle: {
            color: plain ? look.direct : (row.value ?? 0) < 0 ? look.gain : look.loss,
            ...decal,
          },
        })),
        emphasis: { disabled: true },
      },
      {
        type: 'custom',
        silent: true,
        // Above the bars, which would hide the lower whisker.
        z: 3,
        data: rows.map((row, i) => [row.low ?? row.value ?? 0, row.high ?? row.value ?? 0, i]),
        encode: { x: [0, 1], y: 2 },
        renderItem: (params, api) => {
          const index = params.dataIndex;
          const row = rows[index];
          if (row === undefined) return null;
          const at = (x: number) => api.coord([x, index]) as [number, number];
          // At the bar, right of zero: clear of the row labels. The whisker runs below it.
          const [end, y] = at(Math.max(row.value ?? 0, 0));
          const up = anyWhisker ? (env.printing ? 3 : 4) : 0;
          const word = (text: string, x: number, dy: number, color: string) => ({
            type: 'text' as const,
            style: {
              text,
              x,
              y: y - dy,
              fill: color,
              fontSize: env.printing && anyWhisker ? 10 : 12,
              align: 'left' as const,
              verticalAlign: 'middle' as const,
            },
          });
          const line = (x1: number, y1: number, x2: number, y2: number) => ({
            type: 'line' as const,
            shape: { x1, y1, x2, y2 },
            style: { stroke: look.whisker, lineWidth: 1.5 },
          });
          const children: (ReturnType<typeof word> | ReturnType<typeof line>)[] = [
            word(written[index] ?? '', end + 5, up, look.ink),
          ];
          if (typeof row.low === 'number' && typeof row.high === 'number') {
            const low = at(row.low)[0];
            const high = at(row.high)[0];
            const below = y + (env.printing ? 6 : 7);
            const cap = env.printing ? 2 : 3;
            children.push(
              line(low, below, high, below),
              line(low, below - cap, low, below + cap),
              line(high, below - cap, high, below + cap),
            );
          }
          const beyond = beyondLabel(row);
          if (beyond !== '') children.push(word(beyond, at(scale.max)[0] + 6 + longest, 0, look.muted));
          return { type: 'group' as const, children };
        },
      },
    ],
  };
}

/** Pixels between the end of a bar and the end of the axis; a careful guess of the axis’ length. */
function roomRight(row: BarRow, scale: BarScale, env: ChartEnv): number {
  const share = (scale.max - Math.max(row.value ?? 0, 0)) / (scale.max - scale.min || 1);
  return share * env.width * 0.4;
}
