// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import type { Column } from '../src/lib/contract/types';
import { formatCell, shownUnit } from '../src/lib/format/cells';
import { formatMoney, parseMoneyUnit } from '../src/lib/format/money';
import {
  formatBorder,
  formatDay,
  formatNumber,
  formatPercent,
  formatShare,
} from '../src/lib/format/numbers';
import { vintage } from '../src/lib/format/vintage';
import { minimal } from './samples';

describe('numbers', () => {
  it.each([
    [0, '0%'],
    [9.4, '9.40%'],
    [-0.2109, '−0.21%'],
    [12.345, '12.3%'],
    [9.996, '10.0%'],
    [99.97, '100%'],
    [1234.5, '1,235%'],
    [0.001, '<0.01%'],
    [-0.001, '>−0.01%'],
    [null, '–'],
    [Number.NaN, '–'],
  ])('percent %s', (value, text) => expect(formatPercent(value)).toBe(text));

  it('shares, days, borders', () => {
    expect(formatShare(0.0123)).toBe('1.23%');
    expect(formatDay(1400)).toBe('day 1,400');
    expect(formatDay(null)).toBe('–');
    expect(formatBorder(0.2)).toBe('0.2%');
    expect(formatBorder(-5)).toBe('−5%');
  });

  it.each([
    [1234567, '1,234,567'],
    [1234.56, '1,235'],
    [2.18449, '2.184'],
    [-0.5, '−0.5'],
    [3.1e-12, '3.10e−12'],
    [0, '0'],
  ])('number %s', (value, text) => expect(formatNumber(value)).toBe(text));
});

describe('money', () => {
  it('understands units in either order', () => {
    expect(parseMoneyUnit('USD million')).toEqual({ currency: 'USD', scale: 1e6 });
    expect(parseMoneyUnit('million EUR')).toEqual({ currency: 'EUR', scale: 1e6 });
    expect(parseMoneyUnit('EUR')).toEqual({ currency: 'EUR', scale: 1 });
    expect(parseMoneyUnit('tonnes of copper')).toBeNull();
    expect(parseMoneyUnit('')).toBeNull();
  });

  it.each([
    [922344, 'USD million', 'USD 922 billion'],
    [1234567, 'USD million', 'USD 1.23 trillion'],
    [-12.34, 'USD million', 'USD −12.3 million'],
    [999.6, 'USD million', 'USD 1 billion'],
    [0.5, 'USD million', 'USD 500 thousand'],
    [0, 'USD million', 'USD 0'],
    [5, 'tonnes of copper', '5 tonnes of copper'],
    [5, '', '5'],
    [null, 'USD million', '–'],
  ])('%s %s', (value, unit, text) => expect(formatMoney(value, unit)).toBe(text));
});

describe('cells', () => {
  const column = (name: string, unit: string | null, type: Column['type'] = 'number'): Column => ({
    name,
    title: name,
    type,
    unit,
    description: '',
  });

  it('follows the unit of the column', () => {
    expect(formatCell(0.0123, column('face_value', 'share of output'))).toBe('1.23%');
    expect(shownUnit(column('face_value', 'share of output'))).toBe('% of output');
    expect(formatCell(0.97, column('output_relative', '1 = baseline'))).toBe('97.0%');
    expect(shownUnit(column('output_relative', '1 = baseline'))).toBe('% of baseline');
    expect(formatCell(9.4, column('output_loss_pct', null))).toBe('9.40%');
    expect(shownUnit(column('output_loss_pct', null))).toBe('%');
    expect(formatCell(1234, column('day', 'day', 'integer'))).toBe('1,234');
  });

  it('says what an undefined value means', () => {
    expect(formatCell(null, column('first_shortage_day', 'day', 'integer'))).toBe('none');
    expect(formatCell(null, column('anything', null))).toBe('–');
  });
});

describe('vintage', () => {
  it('names year, unit, prices and source', () => {
    const { world } = minimal({
      origin: {
        world: {
          title: 'W',
          year: 2011,
          unit: 'USD million',
          price_basis: 'current prices',
          source: 'S',
        },
      },
    }).origin;
    expect(vintage(world)).toBe('Data: W, 2011; USD million, current prices. Source: S.');
  });
  it('says when the year is missing', () => {
    expect(vintage(minimal({}).origin.world)).toContain('year not stated');
  });
});
