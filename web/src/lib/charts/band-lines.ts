// SPDX-License-Identifier: Apache-2.0
// Lines over time (days or years), each with an optional band around it.
import { isNarrow, lineStyle, type ChartEnv, type Look } from './look';
import { textStyle, tooltipFrame, valueAxis } from './parts';
import type { ChartOption } from './setup';
import { tooltip } from '../format/escape';
import { UNDEFINED } from '../format/numbers';

type Values = readonly (number | null)[];

export interface BandSeries {
  name: string;
  x: readonly number[];
  /** The line; the median where there is a band. */
  mid: Values;
  low?: Values;
  high?: Values;
  /** Place among the colours; its place among the lines if absent. */
  slot?: number;
  /** Drawn with dashes whatever its colour. */
  dashed?: boolean;
  /** Goes on from the last point of another line, which it repeats as its first: not read out twice. */
  joined?: boolean;
}

export interface BandsSpec {
  series: readonly BandSeries[];
  /** "Days since the scenario starts", "Year". */
  xName: string;
  format: (value: number) => string;
  /** Of the values at the axis; `format` if absent. */
  formatAxis?: (value: number) => string;
  formatX?: (value: number) => string;
  min?: number;
  max?: number;
  /** Horizontal lines with a name, e.g. a threshold. */
  marks?: readonly { y: number; name: string }[];
  /** Vertical lines with a name, e.g. a year. */
  marksX?: readonly { x: number; name: string }[];
  /** Shaded stretches of the horizontal axis with a name. */
  spansX?: readonly { from: number; to: number; name: string }[];
  /** Least distance of two ticks; 1 if absent, as between days and years. */
  leastStepX?: number;
  /** End of the horizontal axis; the last point if absent. */
  maxX?: number;
}

/** A line in two: as published up to the year `from`, with dashes from there on. */
export function splitAt(series: BandSeries, from: number): BandSeries[] {
  const at = series.x.indexOf(from);
  if (at < 0 || at >= series.x.length - 1) return [series];
  const part = (begin: number, end?: number): BandSeries => ({
    ...series,
    x: series.x.slice(begin, end),
    mid: series.mid.slice(begin, end),
    ...(series.low === undefined ? {} : { low: series.low.slice(begin, end) }),
    ...(series.high === undefined ? {} : { high: series.high.slice(begin, end) }),
  });
  return [part(0, at + 1), { ...part(at), dashed: true, joined: true }];
}

/** Closed outlines of a band, one for each stretch without a gap: the upper edge forth, the lower back. */
export function bandOutlines(x: readonly number[], low: Values, high: Values): [number, number][][] {
  const outlines: [number, number][][] = [];
  let up: [number, number][] = [];
  let down: [number, number][] = [];
  const close = () => {
    if (up.length > 0) outlines.push([...up, ...down.reverse()]);
    up = [];
    down = [];
  };
  x.forEach((at, i) => {
    const bottom = low[i] ?? null;
    const top = high[i] ?? null;
    if (bottom === null || top === null) return close();
    up.push([at, top]);
    down.push([at, bottom]);
  });
  close();
  return outlines;
}

/** Colour and dash of a line, for the chart and its legend. */
export function seriesStyle(look: Look, series: BandSeries, n: number) {
  const style = lineStyle(look, series.slot ?? n);
  return series.dashed === true ? { ...style, dash: [7, 4] } : style;
}

/** How many times the largest value at the end of all lines another one may be and still be drawn. */
const OUTLIER = 5;

/** Lines without values far above where all of them end, and what was left out: gaps, never cut off. */
export function withoutOutliers(series: readonly BandSeries[]): {
  lines: BandSeries[];
  left: { name: string; x: number; value: number }[];
} {
  const highest = series.reduce((top, { mid }) => Math.max(top, mid.at(-1) ?? 0), 0);
  const limit = highest * OUTLIER;
  const left: { name: string; x: number; value: number }[] = [];
  if (highest <= 0) return { lines: [...series], left };
  const lines = series.map((line) => {
    const out = line.mid.map((value) => value !== null && value > limit);
    if (!out.includes(true)) return line;
    line.mid.forEach((value, i) => {
      if (out[i] === true && value !== null) left.push({ name: line.name, x: line.x[i] ?? 0, value });
    });
    const gap = (values: Values) => values.map((value, i) => (out[i] === true ? null : value));
    return {
      ...line,
      mid: gap(line.mid),
      ...(line.low === undefined ? {} : { low: gap(line.low) }),
      ...(line.high === undefined ? {} : { high: gap(line.high) }),
    };
  });
  return { lines, left };
}

export function bandsChart(spec: BandsSpec, env: ChartEnv): ChartOption {
  const narrow = isNarrow(env);
  const { format, formatX = String } = spec;
  const reading = (value: number | null | undefined) => (value == null ? UNDEFINED : format(value));
  const line = { color: env.look.muted, type: 'dashed' as const, width: 1.2 };
  return {
    animation: false,
    textStyle: textStyle(env),
    grid: { left: 8, right: spec.formatX === undefined ? 18 : 26, top: 22, bottom: 26, containLabel: true },
    tooltip: {
      ...tooltipFrame(env),
      trigger: 'axis',
      axisPointer: { lineStyle: { color: env.look.muted } },
      formatter: (params: unknown) => {
        const list = (Array.isArray(params) ? params : [params]) as { value?: unknown }[];
        const value = list.find((each) => Array.isArray(each.value))?.value as [number] | undefined;
        if (value === undefined) return '';
        const rows = spec.series.flatMap((series) => {
          const i = series.x.indexOf(value[0]);
          if (i < 0 || (i === 0 && series.joined === true)) return [];
          const band =
            series.low?.[i] == null
              ? ''
              : ` (${reading(series.low[i])} to ${reading(series.high?.[i])})`;
          return [{ label: series.name, value: reading(series.mid[i]) + band }];
        });
        return tooltip(`${spec.xName}: ${formatX(value[0])}`, rows);
      },
    },
    xAxis: {
      ...valueAxis(env, formatX),
      splitNumber: narrow ? 3 : 6,
      minInterval: spec.leastStepX ?? 1,
      min: 'dataMin',
      max: spec.maxX ?? 'dataMax',
      name: spec.xName,
      nameLocation: 'middle',
      nameGap: 28,
      nameTextStyle: { color: env.look.muted },
      splitLine: { show: false },
      axisLine: { show: true, onZero: false, lineStyle: { color: env.look.rule } },
    },
    yAxis: {
      ...valueAxis(env, spec.formatAxis ?? format),
      scale: true,
      ...(spec.min === undefined ? {} : { min: spec.min }),
      ...(spec.max === undefined ? {} : { max: spec.max }),
    },
    series: [...(spec.spansX ?? []).map((span) => shaded(span, env)), ...spec.series.flatMap((series, n) => {
      const style = seriesStyle(env.look, series, n);
      const outlines = bandOutlines(series.x, series.low ?? [], series.high ?? []);
      return [
        ...outlines.map((outline) => ({
          type: 'custom' as const,
          name: series.name,
          // Its data only make the axes reach as far as the band does.
          data: outline,
          silent: true,
          clip: true,
          tooltip: { show: false },
          renderItem: (
            params: { dataIndex: number },
            draw: { coord: (point: [number, number]) => number[] },
          ) =>
            params.dataIndex > 0
              ? null
              : {
                  type: 'polygon' as const,
                  shape: { points: outline.map((point) => draw.coord(point)) },
                  style: { fill: style.color, opacity: spec.series.length > 3 ? 0.12 : 0.2 },
                },
        })),
        {
          type: 'line' as const,
          name: series.name,
          data: series.x.map((at, i) => [at, series.mid[i] ?? null]),
          showSymbol: series.x.length <= 12,
          symbolSize: 5,
          color: style.color,
          lineStyle: { width: 2.2, color: style.color, type: style.dash },
          emphasis: { disabled: true },
          ...(n > 0
            ? {}
            : {
                markLine: {
                  silent: true,
                  symbol: 'none',
                  lineStyle: line,
                  // On its own ground: a name may lie over a line.
                  label: {
                    color: env.look.ink,
                    position: 'insideEndTop' as const,
                    backgroundColor: env.look.surface,
                    padding: [1, 3],
                  },
                  data: [
                    ...(spec.marks ?? []).map(({ y, name }) => ({
                      yAxis: y,
                      label: { formatter: () => name },
                    })),
                    ...(spec.marksX ?? []).map(({ x, name }) => ({
                      xAxis: x,
                      label: { formatter: () => name, position: 'end' as const, distance: 4 },
                    })),
                  ],
                },
              }),
        },
      ];
    })] as ChartOption['series'] & object,
  };
}

/** A stretch of the axis on a ground of its own, named at its top. */
function shaded(span: { from: number; to: number; name: string }, env: ChartEnv) {
  return {
    type: 'custom' as const,
    silent: true,
    clip: true,
    z: 0,
    tooltip: { show: false },
    data: [[span.from], [span.to]],
    encode: { x: 0, y: -1 },
    renderItem: (
      params: { dataIndex: number; coordSys: { y: number; height: number } },
      draw: { coord: (point: [number, number]) => number[] },
    ) => {
      if (params.dataIndex > 0) return null;
      const left = draw.coord([span.from, 0])[0] ?? 0;
      const right = draw.coord([span.to, 0])[0] ?? 0;
      const { y, height } = params.coordSys;
      return {
        type: 'group' as const,
        children: [
          {
            type: 'rect' as const,
            shape: { x: left, y, width: Math.max(1, right - left), height },
            style: { fill: env.look.gain, opacity: 0.14 },
          },
          // Only where it fits; the words of the figure say it anyway.
          ...(span.name !== '' && right - left > span.name.length * 6.4 + 8
            ? [
                {
                  type: 'text' as const,
                  style: { text: span.name, x: left + 4, y: y + 3, fill: env.look.ink, fontSize: 12 },
                },
              ]
            : []),
        ],
      };
    },
  };
}
