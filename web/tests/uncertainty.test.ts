// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import { bandOverTime, outline } from '../src/lib/charts/bands';
import { LIGHT } from '../src/lib/charts/look';
import type { Cell, Column, ResultTable } from '../src/lib/contract/types';
import { readBand, readBracket, readSensitivity, readSwings } from '../src/lib/contract/uncertainty';

function table(name: string, columns: Record<string, Cell[]>): ResultTable {
  return {
    name,
    title: name,
    note: '',
    columns: Object.keys(columns).map((column) => ({ name: column }) as Column),
    data: Object.values(columns),
  } as ResultTable;
}

const bands = table('bands', {
  region: ['A', 'A', 'A'],
  series: ['output', 'output', 'final_use'],
  day: [0, 1, 0],
  p05: [0.9, 0.8, 0.5],
  p50: [0.95, 0.9, 0.6],
  p95: [1, null, 0.7],
});

describe('uncertainty', () => {
  it('reads the band of one measure', () => {
    expect(readBand(bands, 'output')).toEqual({
      region: 'A',
      days: [0, 1],
      low: [0.9, 0.8],
      mid: [0.95, 0.9],
      high: [1, null],
    });
    expect(readBand(bands, 'value_added')).toBeNull();
    expect(readBand(null, 'output')).toBeNull();
  });

  it('draws the area around what is there', () => {
    const band = readBand(bands, 'output')!;
    expect(outline(band)).toEqual([
      [0, 100],
      [1, 80],
      [0, 90],
    ]);
    const option = bandOverTime(band, { width: 900, look: LIGHT, printing: false });
    const series = option.series as { data: [number, number | null][] }[];
    expect(series[1]!.data[1]![1]).toBeCloseTo(90);
  });

  it('says why there is no bracket', () => {
    const none = table('bracket', { region: [''], best_pct: [null], outside_bracket: ['too large'] });
    expect(readBracket(none)).toMatchObject({ best: null, why: 'too large' });
    expect(readBracket(null)).toBeNull();
  });

  it('reads shares of variance in percent and swings as they are', () => {
    const shares = table('sensitivity', { parameter: ['psi'], total: [0.62], total_low: [0.5], total_high: [0.7] });
    expect(readSensitivity(shares)[0]).toMatchObject({ size: 62, low: 50, high: 70 });
    const swings = table('swings', { parameter: ['psi'], low: ['0.7'], high: ['0.9'], swing: [0.2], final_use_loss_pct_at_low: [null] });
    expect(readSwings(swings)[0]).toMatchObject({ size: 0.2, low: null, range: '0.7 to 0.9' });
    expect(readSwings(null)).toEqual([]);
  });
});
