// SPDX-License-Identifier: Apache-2.0
// The middle 90 % of the draws over time as an area, and their median as a line.
import { tooltip } from '../format/escape';
import { formatBorder, formatInteger, formatShare } from '../format/numbers';
import type { Band } from '../contract/uncertainty';
import { percentScale } from './end-labels';
import { isNarrow, type ChartEnv } from './look';
import { textStyle, tooltipFrame, valueAxis } from './parts';
import type { ChartOption } from './setup';

export function bandsHeight(env: ChartEnv): number {
  return isNarrow(env) ? 260 : 320;
}

type Point = [day: number, percent: number | null];

function points(days: readonly number[], values: readonly (number | null)[]): Point[] {
  return days.map((day, i) => {
    const value = values[i];
    return [day, value === null || value === undefined ? null : value * 100];
  });
}

/** Once around the area: the upper edge forth, the lower one back. */
export function outline(band: Band): [day: number, percent: number][] {
  const edge = (values: readonly (number | null)[]) =>
    points(band.days, values).filter((each): each is [number, number] => each[1] !== null);
  return [...edge(band.high), ...edge(band.low).reverse()];
}

export function bandOverTime(band: Band, env: ChartEnv): ChartOption {
  const narrow = isNarrow(env);
  const color = env.look.direct;
  const values = [...band.low, ...band.high].flatMap((each) => (each === null ? [] : [each * 100]));
  const scale = percentScale(values, narrow ? 4 : 6);
  const around = outline(band);
  return {
    animation: false,
    textStyle: textStyle(env),
    grid: { left: 52, right: 16, top: 12, bottom: 48 },
    tooltip: {
      ...tooltipFrame(env),
      trigger: 'axis',
      axisPointer: { lineStyle: { color: env.look.muted } },
      formatter: (params) => {
        const first = Array.isArray(params) ? params[0] : params;
        const i = first?.dataIndex ?? 0;
        return tooltip(`Day ${formatInteger(band.days[i] ?? 0)}`, [
          { label: '95 % of the draws are below', value: formatShare(band.high[i] ?? null) },
          { label: 'Half are below', value: formatShare(band.mid[i] ?? null) },
          { label: '5 % are below', value: formatShare(band.low[i] ?? null) },
        ]);
      },
    },
    xAxis: {
      ...valueAxis(env, formatInteger),
      splitNumber: narrow ? 3 : 6,
      minInterval: 1,
      min: 'dataMin',
      max: 'dataMax',
      name: 'Days since the scenario starts',
      nameLocation: 'middle',
      nameGap: 28,
      nameTextStyle: { color: env.look.muted },
      splitLine: { show: false },
      axisLine: { show: true, onZero: false, lineStyle: { color: env.look.rule } },
    },
    yAxis: {
      ...valueAxis(env, formatBorder),
      min: scale.min,
      max: scale.max,
      interval: scale.interval,
    },
    series: [
      {
        type: 'custom',
        // One shape for all days; its data only make the axes reach as far.
        data: around.slice(0, 1),
        silent: true,
        clip: true,
        renderItem: (_params, api) => ({
          type: 'polygon',
          shape: { points: around.map((each) => api.coord(each)) },
          style: { fill: color, opacity: 0.25 },
        }),
      },
      {
        type: 'line',
        data: points(band.days, band.mid),
        showSymbol: band.days.length === 1,
        color,
        lineStyle: { width: 2.5, color },
        emphasis: { disabled: true },
      },
    ],
  };
}
