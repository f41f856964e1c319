// SPDX-License-Identifier: Apache-2.0
// A table of colours: rows by columns, classed as the map is.
import { isNarrow, type ChartEnv } from '../../../lib/charts/look';
import { labelRoom, textStyle, tooltipFrame, wrapLabel } from '../../../lib/charts/parts';
import type { ChartOption } from '../../../lib/charts/setup';
import { tooltip } from '../../../lib/format/escape';
import type { Step } from '../../../lib/geo/scale';
import { classColour } from './colours';

export interface HeatSpec {
  rows: readonly string[];
  columns: readonly string[];
  /** By row, then column; null is drawn empty. */
  values: readonly (readonly (number | null)[])[];
  steps: readonly Step[];
  format: (value: number) => string;
  /** "Day", "Target": what a column is, in the tooltip. */
  columnName: string;
  /** Draw every column label (few columns) or only some (days). */
  everyLabel?: boolean;
}

export function heatHeight(rows: number, env: ChartEnv, everyLabel: boolean): number {
  return rows * (isNarrow(env) ? 20 : 18) + (everyLabel ? 122 : 40);
}

export function heatMap(spec: HeatSpec, env: ChartEnv): ChartOption {
  const room = labelRoom(env, 220);
  const colour = classColour(spec.steps, env.look.surface);
  const every = spec.everyLabel ?? false;
  const gap = spec.columns.length > 60 ? 0 : 1;
  return {
    animation: false,
    textStyle: textStyle(env),
    grid: { left: room.pixels, right: 12, top: 6, bottom: every ? 116 : 34 },
    tooltip: {
      ...tooltipFrame(env),
      formatter: (params: unknown) => {
        const { value } = params as { value: [number, number, number] };
        const row = spec.rows[value[1]] ?? '';
        const column = spec.columns[value[0]] ?? '';
        return tooltip(row, [{ label: `${spec.columnName} ${column}`, value: spec.format(value[2]) }]);
      },
    },
    xAxis: {
      type: 'category',
      data: spec.columns.map((_, i) => String(i)),
      axisLabel: {
        color: env.look.ink,
        ...(every ? { interval: 0, rotate: 60 } : { hideOverlap: true }),
        formatter: (_: string, i: number) => wrapLabel(spec.columns[i] ?? '', 18, 1),
      },
      axisLine: { show: false },
      axisTick: { show: false },
    },
    yAxis: {
      type: 'category',
      inverse: true,
      data: spec.rows.map((_, i) => String(i)),
      axisLabel: {
        color: env.look.ink,
        interval: 0,
        formatter: (_: string, i: number) => wrapLabel(spec.rows[i] ?? '', room.characters, 1),
        // Fonts differ in width: what is still too long is cut at its end, not at the edge of the chart.
        width: room.pixels - 10,
        overflow: 'truncate',
      },
      axisLine: { show: false },
      axisTick: { show: false },
    },
    series: [
      {
        type: 'custom',
        encode: { x: 0, y: 1 },
        data: spec.values.flatMap((row, r) =>
          row.flatMap((value, c) => (value === null ? [] : [[c, r, value]])),
        ),
        renderItem: (_params, draw) => {
          const [x = 0, y = 0] = draw.coord([draw.value(0), draw.value(1)]);
          const size = draw.size?.([1, 1]);
          const [width = 0, height = 0] = Array.isArray(size) ? size : [];
          return {
            type: 'rect',
            shape: {
              x: x - width / 2,
              y: y - height / 2,
              width: Math.max(width - gap, 0.5),
              height: Math.max(height - gap, 0.5),
            },
            style: { fill: colour(Number(draw.value(2))) },
            emphasis: { style: { stroke: env.look.ink, lineWidth: 1.5 } },
          };
        },
      },
    ],
  };
}
