// SPDX-License-Identifier: Apache-2.0
// How a chart with its table is framed: the report draws at once, the application loads the charts
// when they are needed and offers to save them. Sections that both show take the frame from here.
import { getContext, setContext, type Component, type Snippet } from 'svelte';
import type { ChartEnv } from '../charts/look';
import type { ChartOption } from '../charts/setup';
import type { ResultTable } from '../contract/types';

export interface PlotProps {
  title: string;
  /** What is measured, of what, in which unit. */
  subtitle: string;
  /** Says in words what the chart shows. */
  label: string;
  table: ResultTable | null;
  build?: (env: ChartEnv) => ChartOption;
  height?: number | ((env: ChartEnv) => number);
  /** In place of `build`: any drawing. */
  children?: Snippet;
  controls?: Snippet;
  /** Below the chart: a legend, words. */
  note?: Snippet;
  /** A sentence in place of the chart, when there is nothing to draw. */
  empty?: string;
  /** False where estimated data are not drawn hatched. */
  hatched?: boolean;
  /** In place of what the page says of its data, where the numbers come from elsewhere. */
  vintage?: string;
}

export type Plot = Component<PlotProps>;

const KEY = Symbol('plot');

export function providePlot(plot: Plot) {
  setContext(KEY, plot);
}

export function usePlot(): Plot {
  return getContext<Plot>(KEY);
}
