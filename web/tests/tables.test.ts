// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import { buyersOf } from '../src/lib/contract/dependence';
import { keyFigures, rangeWords } from '../src/lib/contract/key-figures';
import {
  largestFirst,
  mostAffected,
  putFirst,
  readLosses,
  readPaths,
  readRanges,
  spanOf,
} from '../src/lib/contract/losses';
import { Names } from '../src/lib/contract/names';
import {
  findTable,
  halves,
  ofScenario,
  pick,
  scenarios,
  TableReader,
  unknownTables,
} from '../src/lib/contract/tables';
import { order } from '../src/lib/format/order';
import { loadSample, minimal } from './samples';

const sample = loadSample('sample');
const first = scenarios(sample)[0] ?? '';

describe('table access', () => {
  it('finds tables, and answers null for absent ones', () => {
    expect(findTable(sample, 'reliance')?.columns[0]?.name).toBe('buyer');
    expect(findTable(sample, 'nothing')).toBeNull();
    expect(ofScenario(null, first)).toBeNull();
  });

  it('reads by column name; a missing column is undefined, not zero', () => {
    const table = findTable(sample, 'loss_by_region');
    const reader = new TableReader(table!);
    expect(reader.text('region', 0)).toBe('CHN');
    expect(reader.number('output_loss_pct', 0)).toBe(9.4);
    expect(reader.number('no_such_column', 0)).toBeNull();
    expect(reader.number('region', 0)).toBeNull();
    expect(reader.number('output_loss_pct', 9999)).toBeNull();
  });

  it('cuts out one scenario and drops its column', () => {
    const table = ofScenario(findTable(sample, 'loss_by_region'), first);
    expect(table?.data[0]).toHaveLength(20);
    expect(table?.columns.map((column) => column.name)).not.toContain('scenario');
    expect(pick(findTable(sample, 'position'), 'scenario', first)?.data[0]).toHaveLength(8);
  });

  it('lists scenarios and unknown tables', () => {
    expect(scenarios(sample)).toEqual(['cut-off', 'cut-off with rerouting']);
    expect(unknownTables(sample).map((table) => table.name)).toEqual(['solver_log']);
  });

  it('sorts with undefined values last, either way', () => {
    const [table] = minimal({
      tables: [{ name: 't', columns: [{ name: 'a', type: 'number' }], data: [[2, null, 3, 1]] }],
    }).tables;
    expect(order(table!, null)).toEqual([0, 1, 2, 3]);
    expect(order(table!, { column: 0, descending: true })).toEqual([2, 0, 3, 1]);
    expect(order(table!, { column: 0, descending: false })).toEqual([3, 0, 2, 1]);
  });
});

describe('losses', () => {
  const losses = readLosses(ofScenario(findTable(sample, 'loss_by_region'), first));
  const paths = readPaths(ofScenario(findTable(sample, 'loss_over_time'), first));

  it('puts the largest first and undefined last', () => {
    const top = largestFirst(losses, (row) => row.percent.output);
    expect(top.slice(0, 2).map((row) => row.region)).toEqual(['CHN', 'TWN']);
    expect(largestFirst([1, null, 2], (x) => x)).toEqual([2, 1, null]);
  });

  it('chooses the lines to show', () => {
    expect(mostAffected(paths, losses, 'output', 3)).toEqual(['CHN', 'TWN', 'KOR']);
    expect(mostAffected(paths, [], 'output', 1)).toEqual(['CHN']);
    expect(paths[0]?.days).toHaveLength(92);
  });

  it('reads ranges by measure', () => {
    const ranges = readRanges(ofScenario(findTable(sample, 'range'), first), 'output');
    const china = ranges.get('CHN');
    expect(china?.central).toBe(9.4);
    expect(china!.low!).toBeLessThan(china!.high!);
    expect(readRanges(null, 'output').size).toBe(0);
  });

  it('chooses key figures, and none from nothing', () => {
    const figures = keyFigures(sample, new Names(sample), first);
    expect(figures.slice(0, 2).map((figure) => figure.title)).toEqual([
      'China: value added',
      'China: final use',
    ]);
    expect(figures[0]?.value).toMatch(/^9\.\d\d\u202f% loss$/);
    expect(figures[0]?.range).toMatch(/5 of 6 .*In 1 of 6 variants stocks run out: up to 5\d/);
    const industry = figures.find((figure) => figure.title.includes('industry, in money'));
    expect(industry?.value).toContain('USD');
    expect(industry?.about).toContain('%');
    expect(keyFigures(minimal({}), new Names(minimal({})), '')).toEqual([]);
  });
});

describe('ranges', () => {
  const range = {
    central: 1,
    low: 0.5,
    high: 52,
    lowVariant: '',
    highVariant: '',
    lowSupplied: 0.5,
    highSupplied: 2,
    runs: 6,
    runsSupplied: 5,
  };

  it('leaves out runs in which stocks run out, and counts them', () => {
    expect(spanOf(range)).toEqual({
      low: 0.5,
      high: 2,
      beyond: { runs: 1, of: 6, low: null, high: 52 },
    });
    expect(rangeWords(range)).toContain('In 1 of 6 variants stocks run out: up to 52.0\u202f% loss');
  });

  it('covers all runs where the results tell none apart, or none remain', () => {
    const whole = { low: 0.5, high: 52, beyond: null };
    const older = { ...range, lowSupplied: null, highSupplied: null };
    expect(spanOf({ ...older, runs: null, runsSupplied: null })).toEqual(whole);
    expect(spanOf({ ...older, runsSupplied: 0 })).toEqual(whole);
    expect(spanOf({ ...range, high: 2, runsSupplied: 6 })?.beyond).toBeNull();
    expect(spanOf(undefined)).toBeNull();
  });
});

describe('focus and halves', () => {
  const losing = ['loss_by_region', 'range', 'loss_over_time', 'sectors_hit', 'shortages'];
  const dependOnly = {
    ...sample,
    tables: sample.tables.filter((table) => !losing.includes(table.name)),
  };

  it('puts the focus first', () => {
    expect(putFirst(['a', 'b', 'c'], (x) => x === 'c')).toEqual(['c', 'a', 'b']);
    const names = new Names(sample);
    expect(buyersOf({ ...sample, focus: null }, names)[0]).toBe('CHN');
    expect(buyersOf(sample, names)[0]).toBe('CHN');
  });

  it('shows only the half that was asked', () => {
    expect(halves(sample)).toEqual({ losses: true, dependence: true });
    expect(halves(dependOnly)).toEqual({ losses: false, dependence: true });
    expect(halves(minimal({}))).toEqual({ losses: true, dependence: true });
    const settles = sample.tables.slice(0, 1).map((t) => ({ ...t, name: 'equilibrium_regions' }));
    expect(halves({ ...sample, tables: settles })).toEqual({ losses: false, dependence: false });
  });

  it('has key figures of dependence when there are no losses', () => {
    const titles = keyFigures(dependOnly, new Names(sample), '').map((figure) => figure.title);
    expect(titles[0]).toBe('China: largest foreign supplier at face value');
    expect(titles).toContain('Effective foreign suppliers');
  });
});

describe('names', () => {
  const names = new Names({
    regions: [
      { label: 'A:B', name: 'Odd region', members: [] },
      { label: 'A', name: 'Region A', members: [] },
    ],
    sectors: [{ label: 'c1', name: 'Farming' }],
  });

  it('splits industries where both parts are known', () => {
    expect(names.split('A:B:c1')).toEqual({ region: 'A:B', sector: 'c1' });
    expect(names.split('X:y:z')).toEqual({ region: 'X', sector: 'y:z' });
    expect(names.split('plain')).toBeNull();
  });

  it('names cells by their column', () => {
    expect(names.forColumn('supplier', 'A')).toBe('Region A');
    expect(names.forColumn('supplier', 'A:c1')).toBe('Region A: Farming');
    expect(names.forColumn('product', 'c1')).toBe('Farming');
    expect(names.forColumn('rule', 'A')).toBe('A');
    expect(names.forColumn('region', 'WORLD')).toBe('World');
  });
});
