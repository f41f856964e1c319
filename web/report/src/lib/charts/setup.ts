// SPDX-License-Identifier: Apache-2.0
// Only the parts of ECharts that the report uses. SVG, so that print and zoom stay crisp.
import { BarChart, CustomChart, LineChart } from 'echarts/charts';
import type { BarSeriesOption, CustomSeriesOption, LineSeriesOption } from 'echarts/charts';
import { GridComponent, TooltipComponent } from 'echarts/components';
import type { GridComponentOption, TooltipComponentOption } from 'echarts/components';
import { init, use } from 'echarts/core';
import type { ComposeOption, EChartsType } from 'echarts/core';
import { LabelLayout } from 'echarts/features';
import { SVGRenderer } from 'echarts/renderers';

use([BarChart, CustomChart, LineChart, GridComponent, TooltipComponent, LabelLayout, SVGRenderer]);

export type ChartOption = ComposeOption<
  | BarSeriesOption
  | CustomSeriesOption
  | LineSeriesOption
  | GridComponentOption
  | TooltipComponentOption
>;

export type Chart = EChartsType;

export function createChart(element: HTMLElement, width: number, height: number): Chart {
  return init(element, null, { renderer: 'svg', width, height });
}
