// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import { barScale, beyondLabel } from '../src/lib/charts/bars';
import { percentScale, spread } from '../src/lib/charts/end-labels';
import { LIGHT, lineStyle } from '../src/lib/charts/look';
import { endName } from '../src/lib/charts/over-time';
import { wrapLabel } from '../src/lib/charts/parts';

describe('line ends', () => {
  it('keeps names apart and inside', () => {
    const places = spread([5, 4, 6, 100], 14, 100);
    const sorted = [...places].sort((a, b) => a - b);
    sorted.slice(1).forEach((place, i) => expect(place - sorted[i]!).toBeGreaterThanOrEqual(14));
    expect(sorted[0]).toBeGreaterThanOrEqual(0);
    expect(sorted.at(-1)).toBeLessThanOrEqual(100);
    expect(places[1]).toBe(sorted[0]);
  });

  it('leaves names that do not overlap where they are', () => {
    expect(spread([10, 50, 90], 14, 100)).toEqual([10, 50, 90]);
  });
});

describe('percentScale', () => {
  it('holds values and baseline', () => {
    expect(percentScale([80.3, 100.1])).toEqual({ min: 80, max: 100, interval: 5 });
    expect(percentScale([100])).toEqual({ min: 99, max: 101, interval: 1 });
    const gain = percentScale([100, 103.2]);
    expect(gain.min).toBeLessThanOrEqual(100);
    expect(gain.max).toBeGreaterThanOrEqual(103.2);
  });
});

describe('bars', () => {
  const row = { label: 'x', value: 17.8, low: 7.6, high: 23, details: [] };

  it('begin at zero, or where the data do', () => {
    expect(barScale([row], 3)).toEqual({ min: 0, max: 30, interval: 10 });
    const gain = barScale([row, { ...row, value: -0.12, low: -0.13, high: -0.04 }], 3);
    expect(gain.min).toBeCloseTo(-0.134, 3);
    expect(barScale([], 3)).toEqual({ min: 0, max: 1, interval: 1 });
  });

  it('say how far the runs left out reach', () => {
    expect(beyondLabel({ ...row, beyondHigh: 53.9 })).toBe('▸ 54\u202f%');
    expect(beyondLabel({ ...row, beyondHigh: null })).toBe('');
  });
});

describe('labels and lines', () => {
  it('ends lines with a name that fits', () => {
    expect(endName('WORLD', 'World', true)).toBe('World');
    expect(endName('KOR', 'South Korea', true)).toBe('KOR');
    expect(endName('KOR', 'South Korea', false)).toBe('South Korea');
  });

  it('wraps at spaces and cuts what does not fit', () => {
    expect(wrapLabel('Electrical and Optical Equipment', 16, 2)).toBe('Electrical and\nOptical …');
    expect(wrapLabel('short', 16, 2)).toBe('short');
    expect(wrapLabel('one\ntwo', 16, 2)).toBe('one two');
    expect(wrapLabel('x'.repeat(50), 10, 2)).toBe(`${'x'.repeat(9)}…`);
    for (const line of wrapLabel('abc '.repeat(50), 10, 2).split('\n'))
      expect(line.length).toBeLessThanOrEqual(10);
  });

  it('never repeats colour and dash together in 24 lines', () => {
    const seen = Array.from({ length: 24 }, (_, n) => JSON.stringify(lineStyle(LIGHT, n)));
    expect(new Set(seen).size).toBe(24);
  });
});
