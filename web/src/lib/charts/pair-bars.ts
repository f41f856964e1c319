// SPDX-License-Identifier: Apache-2.0
// Two bars a row: the same thing by two measures, or before and after. Percent.
import { tooltip, type TipRow } from '../format/escape';
import { formatBorder, formatPercent } from '../format/numbers';
import { estimatedDecal, isNarrow, type ChartEnv } from './look';
import { rowAxis, textStyle, tooltipFrame, valueAxis } from './parts';
import type { ChartOption } from './setup';

export interface PairRow {
  label: string;
  /** Per cent; null draws nothing and says why in `missing`. */
  first: number | null;
  second: number | null;
  missing?: string;
  details: readonly TipRow[];
}

export interface PairBars {
  rows: readonly PairRow[];
  estimated: boolean;
  labelWidth?: number;
  /** Of the numbers at the bars; percent with two decimals if absent. */
  format?: (value: number) => string;
}

/** For numbers that two decimals would make zero or all alike. */
export function fineFormat(rows: readonly PairRow[]): (value: number) => string {
  const most = rows.reduce((top, { first, second }) => Math.max(top, Math.abs(first ?? 0), Math.abs(second ?? 0)), 0);
  return most > 0 && most < 0.1 ? formatBorder : (value) => formatPercent(value);
}

export function pairBarsHeight(rows: number, env: ChartEnv): number {
  return rows * (env.printing ? 27 : isNarrow(env) ? 40 : 34) + 44;
}

export function pairBars(
  { rows, estimated, labelWidth, format = fineFormat(rows) }: PairBars,
  env: ChartEnv,
): ChartOption {
  const { look } = env;
  const decal = estimated ? { decal: estimatedDecal(look) } : {};
  const bar = (color: string, value: (row: PairRow) => number | null) => ({
    type: 'bar' as const,
    barWidth: '36%',
    barGap: '8%',
    // A value of zero holds the place of a bar whose number is missing, for the words at it.
    data: rows.map((row) => value(row) ?? (row.missing === undefined ? '-' : 0)),
    itemStyle: { color, ...decal },
    emphasis: { disabled: true },
    label: {
      show: true,
      position: 'right' as const,
      color: look.ink,
      fontSize: 11,
      formatter: (params: { dataIndex: number }) => {
        const row = rows[params.dataIndex];
        if (row === undefined) return '';
        const number = value(row);
        return number === null ? (row.missing ?? '') : format(number);
      },
    },
  });
  return {
    animation: false,
    textStyle: textStyle(env),
    grid: { left: 8, right: 70, top: 4, bottom: 8, containLabel: true },
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
    xAxis: { ...valueAxis(env, formatBorder), splitNumber: isNarrow(env) ? 1 : env.width < 760 ? 3 : 6 },
    yAxis: rowAxis(
      env,
      rows.map((row) => row.label),
      labelWidth,
    ),
    series: [bar(look.direct, (row) => row.first), bar(look.through, (row) => row.second)],
  };
}
