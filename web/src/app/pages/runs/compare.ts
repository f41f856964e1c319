// SPDX-License-Identifier: Apache-2.0
// Two to four runs beside each other.
import { barScale } from '../../../lib/charts/bars';
import { estimatedDecal, isNarrow, lineStyle, type ChartEnv } from '../../../lib/charts/look';
import { rowAxis, textStyle, tooltipFrame, valueAxis } from '../../../lib/charts/parts';
import type { ChartOption } from '../../../lib/charts/setup';
import type { ResultTable } from '../../../lib/contract/types';
import { tooltip } from '../../../lib/format/escape';
import { formatBorder, formatPercent } from '../../../lib/format/numbers';
import type { RegionMeasure } from '../../lib/run-results';
import { makeTable } from '../../lib/tables';

/** One run, or one scenario of a run that holds several. */
export interface Contestant {
  run: number;
  name: string;
  measures: RegionMeasure[];
}

export interface SharedMeasure {
  key: string;
  title: string;
  about: string;
  /** Parallel to the contestants; null where one does not have it. */
  of: (RegionMeasure | null)[];
}

/**
 * All measures, those that most runs share first: a run counts once, however many scenarios it
 * holds; among equals, the one that more scenarios have.
 */
export function sharedMeasures(all: readonly Contestant[]): SharedMeasure[] {
  const found = new Map<string, SharedMeasure>();
  for (const contestant of all)
    for (const { key, title, about } of contestant.measures)
      if (!found.has(key))
        found.set(key, {
          key,
          title,
          about,
          of: all.map(({ measures }) => measures.find((each) => each.key === key) ?? null),
        });
  const having = ({ of }: SharedMeasure) => all.filter((_, i) => of[i] !== null);
  const runs = (shared: SharedMeasure) => new Set(having(shared).map(({ run }) => run)).size;
  return [...found.values()].sort(
    (a, b) => runs(b) - runs(a) || having(b).length - having(a).length,
  );
}

export interface CompareRow {
  region: string;
  /** Parallel to the contestants. */
  values: (number | null)[];
}

/** Regions by their largest loss in any run; the world as a whole is left to the key figures. */
export function compareRows(measure: SharedMeasure): CompareRow[] {
  const regions = new Set(measure.of.flatMap((each) => [...(each?.values.keys() ?? [])]));
  regions.delete('WORLD');
  const most = ({ values }: CompareRow) =>
    values.reduce<number>((largest, value) => Math.max(largest, value ?? -Infinity), -Infinity);
  return [...regions]
    .map((region) => ({
      region,
      values: measure.of.map((each) => each?.values.get(region) ?? null),
    }))
    .sort((a, b) => most(b) - most(a));
}

/** Per cent of all runs by row; with two runs, by how much they differ. */
export function compareTable(
  title: string,
  of: { name: string; title: string; of: (row: CompareRow) => string },
  runs: readonly { name: string }[],
  rows: readonly CompareRow[],
  note = '',
): ResultTable {
  return makeTable<CompareRow>(
    'compare',
    title,
    [
      { ...of, type: 'text' },
      ...runs.map((run, i) => ({
        name: `run_${i + 1}`,
        title: run.name,
        unit: '%',
        of: (row: CompareRow) => row.values[i] ?? null,
      })),
      ...(runs.length === 2
        ? [
            {
              name: 'difference',
              title: 'Difference',
              unit: 'percentage points',
              description: 'Second less first.',
              of: ({ values: [a, b] }: CompareRow) => (a == null || b == null ? null : b - a),
            },
          ]
        : []),
    ],
    rows,
    note,
  );
}

export function compareHeight(rows: number, series: number, env: ChartEnv): number {
  return rows * (series * (isNarrow(env) ? 11 : 10) + 12) + 44;
}

/** Bars of all runs beside each other, region by region. */
export function compareBars(
  rows: readonly CompareRow[],
  runs: readonly { name: string }[],
  name: (region: string) => string,
  estimated: boolean,
  env: ChartEnv,
): ChartOption {
  const scale = barScale(
    rows.flatMap(({ values }) => values.map((value) => ({ label: '', value, details: [] }))),
    isNarrow(env) ? 3 : 6,
  );
  const written = runs.length <= 2;
  return {
    animation: false,
    textStyle: textStyle(env),
    grid: { left: 8, right: written ? 52 : 24, top: 4, bottom: 8, containLabel: true },
    tooltip: {
      ...tooltipFrame(env),
      trigger: 'axis',
      axisPointer: { type: 'shadow' },
      formatter: (params: unknown) => {
        const first = (Array.isArray(params) ? params[0] : params) as { dataIndex?: number };
        const row = rows[first.dataIndex ?? -1];
        if (row === undefined) return '';
        return tooltip(
          name(row.region),
          runs.map((run, i) => ({ label: run.name, value: formatPercent(row.values[i] ?? null) })),
        );
      },
    },
    xAxis: {
      ...valueAxis(env, formatBorder),
      min: scale.min,
      max: scale.max,
      minInterval: scale.interval,
      maxInterval: scale.interval,
      axisLabel: { color: env.look.muted, formatter: formatBorder, showMinLabel: scale.min === 0 },
    },
    yAxis: rowAxis(
      env,
      rows.map(({ region }) => name(region)),
      150,
    ),
    series: runs.map((run, i) => ({
      type: 'bar' as const,
      name: run.name,
      barGap: '12%',
      barCategoryGap: '24%',
      data: rows.map(({ values }) => values[i] ?? '-'),
      itemStyle: {
        color: lineStyle(env.look, i).color,
        ...(estimated ? { decal: estimatedDecal(env.look) } : {}),
      },
      emphasis: { disabled: true },
      label: {
        show: written,
        position: 'right' as const,
        color: env.look.ink,
        fontSize: 10,
        formatter: (params: unknown) =>
          formatPercent(rows[(params as { dataIndex: number }).dataIndex]?.values[i] ?? null),
      },
    })),
  };
}
