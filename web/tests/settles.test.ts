// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import { keyFigures } from '../src/lib/contract/key-figures';
import { Names } from '../src/lib/contract/names';
import { readSettled, readWelfareBands } from '../src/lib/contract/settles';
import { asksSettles } from '../src/lib/contract/tables';
import type { ResultTable, Results } from '../src/lib/contract/types';
import { loadSample } from './samples';

const column = (name: string, type: string) => ({
  name,
  title: name,
  unit: '',
  description: '',
  type,
});

const regions = {
  name: 'equilibrium_regions',
  title: 'Where trade settles',
  note: '',
  columns: [
    column('scenario', 'text'),
    column('region', 'text'),
    column('welfare_exact_pct', 'number'),
    column('real_wage_pct', 'number'),
    column('imports_pct', 'number'),
    column('equivalent_variation', 'number'),
  ],
  data: [
    ['a', 'a', 'a', 'a'],
    ['CHN', 'USA', 'TWN', 'WORLD'],
    [-1.5, 0.25, null, -0.4],
    [-1.5, 0.2, null, null],
    [-9, -3, null, null],
    [-300, 60, null, -240],
  ],
} as unknown as ResultTable;

const bands = {
  name: 'equilibrium_bands',
  title: 'Bands',
  note: '',
  columns: [
    column('scenario', 'text'),
    column('region', 'text'),
    column('measure', 'text'),
    column('p05', 'number'),
    column('p95', 'number'),
  ],
  data: [
    ['a', 'a'],
    ['CHN', 'WORLD'],
    ['welfare_exact_pct', 'welfare_exact_pct'],
    [-2, -0.6],
    [-1, -0.3],
  ],
} as unknown as ResultTable;

describe('where trade settles', () => {
  const results: Results = { ...loadSample('sample'), tables: [regions, bands] };

  it('reads regions and bands, and leaves outliers empty', () => {
    expect(asksSettles(results)).toBe(true);
    expect(readSettled(regions).map((row) => row.welfare)).toEqual([-1.5, 0.25, null, -0.4]);
    expect(readWelfareBands(bands).get('CHN')).toEqual({ low: -2, high: -1 });
    expect(readSettled(null)).toEqual([]);
  });

  it('shows who loses and gains most, and the world, but no outlier', () => {
    const figures = keyFigures(results, new Names(results), 'a');
    expect(figures.map((figure) => figure.title)).toEqual([
      'Largest loss of welfare',
      'Largest gain of welfare',
      'Welfare of the world as a whole',
    ]);
    expect(figures[0]?.range).toContain('Nine in ten draws');
    expect(figures[1]?.range).toBe('');
  });
});
