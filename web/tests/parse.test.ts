// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import { groupHeadlines } from '../src/lib/contract/headlines';
import { parseResults } from '../src/lib/contract/parse';
import { loadSample, minimal } from './samples';

describe('parseResults', () => {
  it('reads the sample in full', () => {
    const results = loadSample('sample');
    expect(results.regions).toHaveLength(20);
    expect(results.sectors).toHaveLength(35);
    expect(results.tables.map((table) => table.name)).toContain('loss_over_time');
    expect(results.origin.world.estimated).toBe(true);
    expect(results.unread).toEqual([]);
  });

  it('says in words that the template is empty', () => {
    const parsed = parseResults(['LINCHPIN', 'RESULTS', 'JSON'].join('_'));
    expect(parsed).toMatchObject({ ok: false });
    expect(parsed.ok ? '' : parsed.problem).toContain('empty report template');
  });

  it.each([
    ['damaged JSON', '{"schema": {', 'cannot be read'],
    ['a bare list', '[1, 2]', 'not Linchpin results'],
    ['no schema', '{}', 'do not say which format'],
    ['another format', '{"schema":{"name":"other","version":1}}', 'not Linchpin results'],
    ['a later version', '{"schema":{"name":"linchpin.results","version":2}}', 'version'],
  ])('refuses %s', (_, source, words) => {
    const parsed = parseResults(source);
    expect(parsed.ok ? '' : parsed.problem).toContain(words);
  });

  it('opens results with nothing in them', () => {
    const results = minimal({});
    expect(results.title).toBe('Untitled results');
    expect(results.tables).toEqual([]);
    expect(results.origin.seed).toBeNull();
  });

  it('pairs headlines with scenarios, and reads documents without either field', () => {
    const results = minimal({
      focus: 'A',
      headlines: ['one', 2, 'three', 'four'],
      headline_scenarios: ['x', 'y', null],
    });
    expect(results.focus).toBe('A');
    expect(results.headlines).toEqual([
      { text: 'one', scenario: 'x' },
      { text: 'three', scenario: null },
      { text: 'four', scenario: null },
    ]);
    const older = minimal({ headlines: ['one'] });
    expect(older.focus).toBeNull();
    expect(older.headlines).toEqual([{ text: 'one', scenario: null }]);
  });

  it('groups headlines only where there are several scenarios', () => {
    const [one, two] = [
      { text: 'a', scenario: 'x' },
      { text: 'b', scenario: null },
    ];
    expect(groupHeadlines([one, two])).toEqual([{ scenario: null, title: '', texts: ['a', 'b'] }]);
    const groups = groupHeadlines([one, two, { text: 'c', scenario: 'y' }]);
    expect(groups.map((group) => group.title)).toEqual([
      'Scenario: x',
      'Whatever the scenario',
      'Scenario: y',
    ]);
    expect(groupHeadlines([])).toEqual([]);
  });

  it('leaves out a broken table and says so', () => {
    const results = minimal({
      tables: [
        { name: 'good', columns: [{ name: 'a', type: 'number' }], data: [[1, null]] },
        {
          name: 'ragged',
          columns: [
            { name: 'a', type: 'text' },
            { name: 'b', type: 'text' },
          ],
          data: [['x'], ['y', 'z']],
        },
        { columns: [], data: [] },
      ],
    });
    expect(results.tables.map((table) => table.name)).toEqual(['good']);
    expect(results.unread).toHaveLength(2);
    expect(results.unread[0]).toContain('ragged');
  });

  it('counts values of the wrong kind instead of guessing', () => {
    const results = minimal({
      tables: [{ name: 't', columns: [{ name: 'a', type: 'number' }], data: [[1, 'NaN', '2']] }],
    });
    expect(results.tables[0]?.data).toEqual([[1, null, null]]);
    expect(results.unread[0]).toContain('2 values of the wrong kind');
  });

  it('keeps odd option names as plain data', () => {
    const results = minimal({ origin: { options: JSON.parse('{"__proto__": 1, "b": null}') } });
    expect(results.origin.options).toEqual([
      { name: '__proto__', value: 1 },
      { name: 'b', value: null },
    ]);
  });

  it('drops characters that would turn a label around', () => {
    const results = minimal({ regions: [{ label: 'A', name: '\u202Eevil\u202C', members: [] }] });
    expect(results.regions[0]?.name).toBe('evil');
  });
});
