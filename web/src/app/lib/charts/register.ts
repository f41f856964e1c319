// SPDX-License-Identifier: Apache-2.0
// The parts of ECharts that only the application uses. Imported together with the chart component,
// so that no page waits for them before it shows its words.
import { SankeyChart, ScatterChart, TreemapChart } from 'echarts/charts';
import { DataZoomComponent, LegendComponent, MarkLineComponent } from 'echarts/components';
import { use } from 'echarts/core';
import Chart from '../../../lib/components/Chart.svelte';

use([
  SankeyChart,
  ScatterChart,
  TreemapChart,
  DataZoomComponent,
  LegendComponent,
  MarkLineComponent,
]);

export default Chart;
