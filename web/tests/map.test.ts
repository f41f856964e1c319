// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import { assignCountries, isRestOfWorld } from '../src/lib/geo/assign';
import { countryCodes, numericCode } from '../src/lib/geo/iso';
import { colourSteps, stepOf } from '../src/lib/geo/scale';
import { countryShapes } from '../src/lib/geo/world';
import { loadSample } from './samples';

const ids = countryShapes().map((shape) => shape.id);

describe('country codes', () => {
  it('knows the letters and the numbers', () => {
    expect(numericCode('TWN')).toBe('158');
    expect(numericCode('deu')).toBe('276');
    expect(numericCode('AFG')).toBe('004');
    expect(numericCode('ROW')).toBeNull();
    expect(countryCodes().length).toBeGreaterThan(249);
  });

  it('covers every numbered shape of the map', () => {
    const numbers = new Set(countryCodes().map((code) => numericCode(code)));
    const unknown = ids.filter((id) => /^\d+$/.test(id) && !numbers.has(id));
    expect(unknown).toEqual([]);
  });
});

describe('assignment', () => {
  it('gives members to their region and the others to the rest', () => {
    const { regionOf, undrawn } = assignCountries(loadSample('sample').regions, ids);
    expect(regionOf.get('156')).toBe('CHN');
    expect(regionOf.get('158')).toBe('TWN');
    expect(regionOf.get('724')).toBe('REU');
    expect(regionOf.get('710')).toBe('ROW');
    expect(regionOf.get('XKX')).toBe('ROW');
    expect(undrawn).toEqual([]);
    expect(regionOf.size).toBe(ids.length);
  });

  it('leaves countries empty when there is no rest', () => {
    const { regionOf } = assignCountries([{ label: 'CHN', name: 'China', members: ['CHN'] }], ids);
    expect([...regionOf.keys()]).toEqual(['156']);
  });

  it('names regions it cannot draw, and codes it does not know', () => {
    const { undrawn, unknownCodes } = assignCountries(
      [
        { label: 'MLT', name: 'Malta', members: ['MLT'] },
        { label: 'X', name: 'X', members: ['Q1X'] },
      ],
      ids,
    );
    expect(undrawn).toEqual(['MLT', 'X']);
    expect(unknownCodes).toEqual(['Q1X']);
  });

  it('keeps a country named twice with the first region', () => {
    const { regionOf } = assignCountries(
      [
        { label: 'A', name: 'A', members: ['FRA'] },
        { label: 'B', name: 'B', members: ['FRA', 'DEU'] },
      ],
      ids,
    );
    expect(regionOf.get('250')).toBe('A');
    expect(regionOf.get('276')).toBe('B');
  });

  it.each([
    ['ROW', 'x', [], true],
    ['RoW', 'x', [], true],
    ['r20', 'Rest of the world', [], true],
    ['REU', 'Rest of the EU', [], false],
    ['ROW', 'x', ['FRA'], false],
  ])('rest of world: %s %s %j', (label, name, members, rest) =>
    expect(isRestOfWorld({ label, name, members })).toBe(rest),
  );
});

describe('colour steps', () => {
  it('are contiguous and hold every value', () => {
    for (const values of [
      [9.4, 0.3, -0.2],
      [0.001, 0.002],
      [100, -80],
      [1],
      [-5, -1],
      [2, 5, 10],
    ]) {
      const steps = colourSteps(values);
      steps.slice(1).forEach((step, i) => expect(step.from).toBe(steps[i]?.to));
      for (const value of values) expect(stepOf(value, steps)).not.toBeNull();
      expect(new Set(steps.map((step) => step.variable)).size).toBe(steps.length);
    }
  });

  it('shows gains in their own hue only when there are any', () => {
    const hues = (values: number[]) => colourSteps(values).map((step) => step.variable);
    expect(hues([9.4, 0.1]).some((hue) => hue.startsWith('--gain'))).toBe(false);
    expect(hues([9.4, -3])[0]).toMatch(/^--gain/);
    expect(hues([0, 0])).toEqual(['--loss-0']);
  });
});
