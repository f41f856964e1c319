// SPDX-License-Identifier: Apache-2.0
// The parts of ECharts that the report uses; the application registers more (app/lib/charts). SVG,
// so that print and zoom stay crisp.
import { BarChart, CustomChart, LineChart } from 'echarts/charts';
import { GridComponent, MarkLineComponent, TooltipComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import type { EChartsType } from 'echarts/core';
import type { EChartsOption } from 'echarts';
import { LabelLayout } from 'echarts/features';
import { SVGRenderer } from 'echarts/renderers';

use([
  BarChart,
  CustomChart,
  LineChart,
  GridComponent,
  MarkLineComponent,
  TooltipComponent,
  LabelLayout,
  SVGRenderer,
]);

/** Of all chart types: a type alone adds nothing to the report. */
export type ChartOption = EChartsOption;

export type Chart = EChartsType;

export function createChart(element: HTMLElement, width: number, height: number): Chart {
  return init(element, null, { renderer: 'svg', width, height });
}
