// SPDX-License-Identifier: Apache-2.0
// Large documents: only the tables that a page draws are read, the longest one packed.
import { afterEach, describe, expect, it, vi } from 'vitest';
import { documentOf, NO_TABLE, readDocument } from '../src/app/lib/documents';
import { asOutput, industryDays } from '../src/app/lib/industry-days';
import { leavesOutput } from '../src/app/pages/disruption/late-output.svelte';
import { tablesLeft } from '../src/app/pages/runs/compare/tables-left';

const head = {
  schema: { name: 'linchpin.results', version: 1 },
  tables: [],
  left_out: [
    { name: 'short', title: 'Short', rows: 3 },
    { name: 'industry_over_time', title: 'Long', rows: 240_900 },
    { name: 'empty', title: 'Empty', rows: 0 },
  ],
};

describe('a document', () => {
  afterEach(() => vi.unstubAllGlobals());
  function server() {
    const asked: string[] = [];
    vi.stubGlobal('fetch', (url: string) => {
      asked.push(url);
      return Promise.resolve(new Response(JSON.stringify({ ...head, asked: url }), { status: 200 }));
    });
    return asked;
  }

  it('is read with the tables that are wanted and there', async () => {
    const asked = server();
    await readDocument(7, ['short', 'never heard of']);
    expect(asked).toEqual(['/api/v1/runs/7/results', '/api/v1/runs/7/results?tables=short']);
    asked.length = 0;
    await readDocument(7, [NO_TABLE]);
    expect(asked).toEqual(['/api/v1/runs/7/results']);
    asked.length = 0;
    await readDocument(7);
    expect(asked).toEqual(['/api/v1/runs/7/results.json']);
  });

  it('is kept, unless it could not be read', async () => {
    const asked = server();
    expect(await documentOf(8, ['short'])).toBe(await documentOf(8, ['short']));
    expect(asked).toHaveLength(2);
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('gone')));
    await expect(documentOf(9)).rejects.toThrow();
    const again = server();
    await documentOf(9);
    expect(again).toHaveLength(1);
  });

  it('says which tables it left out', () => {
    expect(tablesLeft(head)).toEqual([{ name: 'short', title: 'Short' }]);
    expect(tablesLeft({})).toEqual([]);
    expect([leavesOutput(head), leavesOutput({ left_out: [] }), leavesOutput(null)]).toEqual([true, false, false]);
  });
});

describe('output by industry', () => {
  const table = {
    name: 'industry_over_time',
    title: '',
    columns: [
      { name: 'scenario', title: '', type: 'text' },
      { name: 'industry', title: '', type: 'text' },
      { name: 'day', title: '', type: 'integer' },
      { name: 'output_relative', title: '', type: 'number' },
    ],
    data: [
      ['a', 'a', 'a', 'a', 'b'],
      ['X:1', 'X:1', 'Y:1', 'Y:1', 'X:1'],
      [0, 1, 0, 1, 0],
      [1, 0.5, null, 0.25, 0.125],
    ],
  };

  it('is packed by scenario, and unpacked row by row', () => {
    const packed = industryDays({ ...head, tables: [table] }, 'a');
    expect(packed).toMatchObject({ industries: ['X:1', 'Y:1'], days: 2 });
    expect([...packed.values]).toEqual([1, 0.5, NaN, 0.25]);
    const output = asOutput(packed);
    expect([output.size, [...output.keys()]]).toEqual([2, ['X:1', 'Y:1']]);
    expect(output.get('Y:1')).toEqual([null, 0.25]);
    expect(output.get('Z:1')).toBeUndefined();
    expect(industryDays(head, 'a')).toMatchObject({ industries: [], days: 0 });
  });
});
