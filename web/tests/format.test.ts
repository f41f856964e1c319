// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import type { Column } from '../src/lib/contract/types';
import { columnFormat, formatCell, shownTitle, shownUnit } from '../src/lib/format/cells';
import { formatMoney, formatMoneyShort, moneyAxis, parseMoneyUnit } from '../src/lib/format/money';
import {
  formatBorder,
  formatDay,
  formatLoss,
  formatLossSpan,
  formatNumber,
  formatChosenPercent,
  formatPercent,
  formatRecovery,
  formatShare,
  typeset,
} from '../src/lib/format/numbers';
import { vintage } from '../src/lib/format/vintage';
import { minimal } from './samples';

describe('numbers', () => {
  it.each([
    [0, '0\u202f%'],
    [9.4, '9.40\u202f%'],
    [-0.2109, '−0.21\u202f%'],
    [12.345, '12.3\u202f%'],
    [9.996, '10.0\u202f%'],
    [99.97, '100\u202f%'],
    [1234.5, '1,235\u202f%'],
    [0.001, '<0.01\u202f%'],
    [-0.001, '>−0.01\u202f%'],
    [null, '–'],
    [Number.NaN, '–'],
  ])('percent %s', (value, text) => expect(formatPercent(value)).toBe(text));
  it('a chosen percentage keeps its digits', () => expect(formatChosenPercent(0.015)).toBe('0.015\u202f%'));

  it('shares, days, borders', () => {
    expect(formatShare(0.0123)).toBe('1.23\u202f%');
    expect(formatDay(1400)).toBe('day 1,400');
    expect(formatDay(null)).toBe('–');
    expect(formatBorder(0.2)).toBe('0.2\u202f%');
    expect(formatBorder(-5)).toBe('−5\u202f%');
  });

  it('losses, gains and recovery in words', () => {
    expect(formatLoss(-0.12)).toBe('0.12\u202f% gain');
    expect(formatLoss(9.4)).toBe('9.40\u202f% loss');
    expect(formatLoss(0)).toBe('no change');
    expect(formatLossSpan(-0.13, -0.04)).toBe('0.04\u202f% to 0.13\u202f% gain');
    expect(formatLossSpan(-0.1, 2)).toBe('0.10\u202f% gain to 2.00\u202f% loss');
    expect(formatRecovery(null)).toBe('not within the simulated days');
    expect(formatRecovery(0)).toBe('never below');
    expect(formatRecovery(114)).toBe('day 114');
  });

  it('percentages in sentences as everywhere else', () => {
    expect(typeset('falls by 0.36 %, or 18%')).toBe('falls by 0.36\u202f%, or 18\u202f%');
    expect(typeset('100 dollars')).toBe('100 dollars');
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

  it('is short where the currency is named nearby', () => {
    expect(formatMoneyShort(142460, 'USD million')).toBe('142 bn');
    expect(formatMoneyShort(null, 'USD million')).toBe('–');
    expect(formatMoneyShort(5, 'tonnes of copper')).toBe('5 tonnes of copper');
  });

  it('chooses one unit for an axis', () => {
    expect(moneyAxis(142460, 'USD million')).toEqual({ factor: 1e-3, unit: 'USD billion' });
    expect(moneyAxis(5, 'tonnes of copper')).toEqual({ factor: 1, unit: 'tonnes of copper' });
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
    expect(formatCell(0.0123, column('face_value', 'share of output'))).toBe('1.23\u202f%');
    expect(shownUnit(column('face_value', 'share of output'))).toBe('% of output');
    expect(formatCell(2031, column('year_p50', null))).toBe('2031');
    expect(columnFormat(column('manageable_year', ''), [2031, 2039])(2039)).toBe('2039');
    expect(formatCell(1.6, column('unit_cost_relative', 'price abroad = 1'))).toBe('1.6');
    expect(formatCell(0.97, column('output_relative', '1 = baseline'))).toBe('97.0\u202f%');
    expect(shownUnit(column('output_relative', '1 = baseline'))).toBe('% of baseline');
    expect(formatCell(9.4, column('output_loss_pct', null))).toBe('9.40\u202f%');
    expect(shownUnit(column('output_loss_pct', null))).toBe('%');
    expect(formatCell(1234, column('day', 'day', 'integer'))).toBe('1,234');
  });

  it('shows what a unit of output needs in percent', () => {
    expect(formatCell(0.0123, column('face_value', 'per unit of output'))).toBe('1.23\u202f%');
    expect(shownUnit(column('face_value', 'per unit of output'))).toBe('% of output');
  });

  it('gives a column one number of decimals', () => {
    const percent = columnFormat(column('output_loss_pct', '%'), [55.31, 0.03, null]);
    expect([55.31, 0.03].map(percent)).toEqual(['55.31\u202f%', '0.03\u202f%']);
    expect(percent(null)).toBe('–');
    const steps = columnFormat(column('upstreamness', 'steps'), [2.5, 13.123]);
    expect([2.5, 13.123].map(steps)).toEqual(['2.50', '13.12']);
    // Sizes too different for one number of decimals.
    const value = columnFormat(column('value', null), [1387, 0.0418]);
    expect([1387, 0.0418].map(value)).toEqual(['1,387', '0.0418']);
  });

  it('names a column so that it stands alone', () => {
    expect(shownTitle(column('largest_foreign_share', null))).toBe('Share of that supplier');
  });

  it('says what an undefined value means', () => {
    expect(formatCell(0, column('recovery_day', 'days', 'integer'))).toBe('never below');
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
