// SPDX-License-Identifier: Apache-2.0
import type { Measure, Path } from '../contract/losses';
import { tooltip } from '../format/escape';
import { formatBorder, formatInteger, formatShare } from '../format/numbers';
import { percentScale, spread } from './end-labels';
import { isNarrow, lineStyle, type ChartEnv } from './look';
import { textStyle, tooltipFrame, valueAxis, wrapLabel } from './parts';
import type { ChartOption } from './setup';

export interface OverTime {
  paths: readonly Path[];
  /** For each path, the place of its region in the whole list; decides colour and dash. */
  slots: readonly number[];
  measure: Measure;
  name: (region: string) => string;
  /** Drawn thicker and named first. */
  focus?: string | null;
}

const TOP = 12;
const BOTTOM = 48;
const LABEL_GAP = 14;

type Point = [day: number, percent: number | null];

export function overTimeHeight(env: ChartEnv): number {
  return isNarrow(env) ? 320 : 400;
}

function points(path: Path, measure: Measure): Point[] {
  return path.days.map((day, i) => {
    const value = path.relative[measure][i];
    return [day, value === null || value === undefined ? null : value * 100];
  });
}

function lastValue(line: readonly Point[]): number {
  for (let i = line.length - 1; i >= 0; i -= 1) {
    const value = line[i]?.[1];
    if (typeof value === 'number') return value;
  }
  return 100;
}

/** The name; on a phone the label where the name is too long. */
export function endName(region: string, name: string, narrow: boolean): string {
  if (!narrow) return wrapLabel(name, 18, 1);
  return name.length <= 6 ? name : wrapLabel(region, 6, 1);
}

/** Lines, one a region; 100 % is the baseline. */
export function overTime({ paths, slots, measure, name, focus = null }: OverTime, env: ChartEnv): ChartOption {
  const narrow = isNarrow(env);
  const lines = paths.map((path) => points(path, measure));
  const values = lines.flat().flatMap(([, value]) => (value === null ? [] : [value]));
  const scale = percentScale(values, narrow ? 4 : 6);
  const plot = overTimeHeight(env) - TOP - BOTTOM;
  const wishes = lines.map(
    (line) => ((scale.max - lastValue(line)) / (scale.max - scale.min)) * plot,
  );
  // With very many lines the names would not fit one below the other; the legend has them all.
  const labelled = (paths.length - 1) * LABEL_GAP <= plot;
  const places = spread(wishes, LABEL_GAP, plot);
  return {
    animation: false,
    textStyle: textStyle(env),
    grid: { left: 52, right: narrow ? 56 : 128, top: TOP, bottom: BOTTOM },
    tooltip: {
      ...tooltipFrame(env),
      trigger: 'axis',
      axisPointer: { lineStyle: { color: env.look.muted } },
      formatter: (params) => {
        const items = (Array.isArray(params) ? params : [params]).map((item) => {
          const value = Array.isArray(item.value) ? item.value : [];
          return { path: paths[item.seriesIndex ?? -1], day: value[0], y: value[1] };
        });
        const rows = items
          .filter((item) => typeof item.y === 'number')
          .sort((a, b) => Number(a.y) - Number(b.y))
          .map((item) => ({
            label: name(item.path?.region ?? ''),
            value: formatShare(Number(item.y) / 100),
          }));
        return tooltip(`Day ${formatInteger(Number(items[0]?.day ?? 0))}`, rows);
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
    series: paths.map((path, n) => {
      const { color, dash } = lineStyle(env.look, slots[n] ?? n);
      return {
        type: 'line' as const,
        data: lines[n] ?? [],
        showSymbol: path.days.length === 1,
        symbol: 'circle',
        connectNulls: false,
        color,
        lineStyle: { width: path.region === focus ? 3.5 : 2, type: dash, color },
        emphasis: { disabled: true },
        endLabel: {
          show: labelled,
          color,
          fontWeight: 600,
          distance: 6,
          width: narrow ? 50 : 120,
          overflow: 'truncate' as const,
          offset: [0, (places[n] ?? 0) - (wishes[n] ?? 0)],
          formatter: () => endName(path.region, name(path.region), narrow),
        },
      };
    }),
  };
}
