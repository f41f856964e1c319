// SPDX-License-Identifier: Apache-2.0
// Parts of a whole over years, stacked: one bar a year.
import { tooltip } from '../format/escape';
import { UNDEFINED } from '../format/numbers';
import { isNarrow, type ChartEnv, type Look } from './look';
import { textStyle, tooltipFrame, valueAxis } from './parts';
import type { ChartOption } from './setup';

export interface StackedPart {
  name: string;
  /** One per year, in the order of `years`. */
  values: readonly (number | null)[];
  /** Place among the colours. */
  slot: number;
  /** Paler, with a border: the same thing from elsewhere. */
  pale?: boolean;
}

export interface Stacked {
  years: readonly number[];
  parts: readonly StackedPart[];
  format: (value: number) => string;
  /** End of an axis that several charts share. */
  max?: number;
}

export function partColour(look: Look, part: StackedPart): string {
  return look.series[part.slot % look.series.length] ?? look.ink;
}

/** Sum of a year; null if nothing is known of it. */
export function totalOf(parts: readonly StackedPart[], year: number): number | null {
  const values = parts.flatMap((part) => part.values[year] ?? []);
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0);
}

export function stackedHeight(env: ChartEnv): number {
  return isNarrow(env) ? 260 : 320;
}

/** The highest bar. */
export function highestTotal({ years, parts }: Pick<Stacked, 'years' | 'parts'>): number {
  return years.reduce((most, _, i) => Math.max(most, totalOf(parts, i) ?? 0), 0);
}

export function stackedBars({ years, parts, format, max }: Stacked, env: ChartEnv): ChartOption {
  const reading = (value: number | null | undefined) => (value == null ? UNDEFINED : format(value));
  return {
    animation: false,
    textStyle: textStyle(env),
    grid: { left: 8, right: 12, top: 12, bottom: 8, containLabel: true },
    tooltip: {
      ...tooltipFrame(env),
      trigger: 'axis',
      axisPointer: { type: 'shadow' },
      formatter: (params) => {
        const first = Array.isArray(params) ? params[0] : params;
        const i = first?.dataIndex ?? -1;
        if (years[i] === undefined) return '';
        return tooltip(String(years[i]), [
          // From top to bottom, as the bars are.
          ...[...parts]
            .reverse()
            .map((part) => ({ label: part.name, value: reading(part.values[i]) })),
          { label: 'In all', value: reading(totalOf(parts, i)) },
        ]);
      },
    },
    xAxis: {
      type: 'category',
      data: years.map(String),
      axisLabel: { color: env.look.muted, hideOverlap: true },
      axisLine: { lineStyle: { color: env.look.rule } },
      axisTick: { show: false },
    },
    yAxis: { ...valueAxis(env, format), splitNumber: 4, ...(max === undefined ? {} : { max }) },
    series: parts.map((part) => {
      const color = partColour(env.look, part);
      return {
        type: 'bar' as const,
        name: part.name,
        stack: 'all',
        barCategoryGap: '25%',
        data: part.values.map((value) => value ?? '-'),
        itemStyle:
          part.pale === true
            ? { color, opacity: 0.4, borderColor: color, borderWidth: 1.5, borderType: 'dashed' as const }
            : { color },
        emphasis: { disabled: true },
      };
    }),
  };
}
