// SPDX-License-Identifier: Apache-2.0
// Lines of several runs as a table: a row for each day or year, columns for each run.
import type { BandSeries } from '../../../../lib/charts/band-lines';
import type { ResultTable } from '../../../../lib/contract/types';
import { makeTable } from '../../../lib/tables';

type At = 'mid' | 'low' | 'high';

export function pathTable(
  series: readonly BandSeries[],
  title: string,
  x: { name: string; title: string } = { name: 'day', title: 'Day' },
  unit = '%',
): ResultTable {
  const places = [...new Set(series.flatMap((each) => each.x))].sort((a, b) => a - b);
  const reader = (each: BandSeries, of: At) => {
    const at = new Map(each.x.map((place, i) => [place, each[of]?.[i] ?? null]));
    return (row: { x: number }) => at.get(row.x) ?? null;
  };
  const value = series.map((each) => reader(each, 'mid'));
  return makeTable<{ x: number }>(
    'paths',
    title,
    [
      { ...x, type: 'integer', of: (row) => row.x },
      ...series.flatMap((each, i) => [
        { name: `run_${i + 1}`, title: each.name, unit, of: value[i] ?? (() => null) },
        ...(each.low === undefined
          ? []
          : [
              { name: `run_${i + 1}_p05`, title: `${each.name}, 5 %`, unit, of: reader(each, 'low') },
              { name: `run_${i + 1}_p95`, title: `${each.name}, 95 %`, unit, of: reader(each, 'high') },
            ]),
      ]),
      ...(series.length === 2
        ? [
            {
              name: 'difference',
              title: 'Difference',
              unit: unit.startsWith('%') ? 'percentage points' : unit,
              description: 'Second less first.',
              of: (row: { x: number }) => {
                const [a, b] = value.map((of) => of(row));
                return a == null || b == null ? null : b - a;
              },
            },
          ]
        : []),
    ],
    places.map((place) => ({ x: place })),
  );
}
