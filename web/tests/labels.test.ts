// SPDX-License-Identifier: Apache-2.0
// Names for people, labels in columns of their own.
import { describe, expect, it } from 'vitest';
import { withCodes, withNames } from '../src/lib/contract/labels';
import { Names } from '../src/lib/contract/names';
import type { ResultTable } from '../src/lib/contract/types';

const names = new Names({
  regions: [
    { label: 'CHN', name: 'China', members: ['CHN'] },
    { label: 'TWN', name: 'Taiwan', members: ['TWN'] },
  ],
  sectors: [{ label: 'C26', name: 'Electronics' }],
});
const text = (name: string, ...cells: string[]) => ({
  column: { name, title: name, type: 'text' as const, unit: null, description: '' },
  cells,
});
function table(...all: ReturnType<typeof text>[]): ResultTable {
  return { name: 't', title: 'T', note: '', columns: all.map(({ column }) => column), data: all.map(({ cells }) => cells) };
}

describe('labels in tables', () => {
  it('stand behind their names for reading, and names behind them in files', () => {
    const given = table(text('sender', 'TWN', 'CHN+TWN'), text('flag', 'TWN', ''));
    const read = withCodes(given, names);
    expect(read.columns.map(({ name }) => name)).toEqual(['sender', 'sender_code', 'flag']);
    expect(read.data[1]).toEqual(['TWN', 'CHN+TWN']);
    const file = withNames(given, names);
    expect(file.columns.map(({ name }) => name)).toEqual(['sender', 'sender_name', 'flag']);
    expect(file.data.slice(0, 2)).toEqual([['TWN', 'CHN+TWN'], ['Taiwan', 'China + Taiwan']]);
  });

  it('are left alone where the table has the names itself, or nobody knows any', () => {
    const own = table(text('region', 'CHN'), text('region_name', 'China'));
    expect(withCodes(own, names)).toBe(own);
    const unknown = table(text('region', 'XXX'));
    expect(withNames(unknown, names)).toBe(unknown);
  });

  it('are named by what their column holds', () => {
    expect(names.forColumn('links', 'TWN:C26 CHN:C26')).toBe('Taiwan: Electronics; China: Electronics');
    expect(names.forColumn('links', 'C26')).toBe('Electronics');
    expect(names.forColumn('links', 'a sentence of words')).toBe('a sentence of words');
    expect(names.forColumn('technology', 'ai-chips')).toBe('AI accelerators');
    expect(names.forColumn('exporter', 'CHN')).toBe('China');
  });
});
