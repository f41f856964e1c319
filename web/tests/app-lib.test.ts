// SPDX-License-Identifier: Apache-2.0
// What the pages of the application share.
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { pack, type PackEntry } from '../plugins/app-pack';
import { address } from '../src/app/lib/api';
import { bandOutlines } from '../src/app/lib/charts/bands';
import { fileName } from '../src/app/lib/export';
import { EventReader } from '../src/app/lib/jobs.svelte';
import { allProblems, fromBody, problemWords } from '../src/app/lib/problems';
import { readPlace, writePlace } from '../src/app/lib/router.svelte';
import { regionMeasures } from '../src/app/lib/run-results';
import { makeTable } from '../src/app/lib/tables';
import { toWorldInfo, worldTitle } from '../src/app/lib/worlds.svelte';
import { sequentialSteps } from '../src/lib/geo/classes';
import { stepOf } from '../src/lib/geo/scale';
import { loadSample, sampleText } from './samples';

describe('the address', () => {
  it('holds page and state, and reads back as it was written', () => {
    const place = {
      page: 'dependence' as const,
      params: { world: 'world-2022e', buyer: 'CHN:C26', note: 'a&b=c #1', empty: '' },
    };
    const written = writePlace(place);
    expect(written).toMatch(/^#\/dependence\?world=world-2022e&buyer=CHN:C26&/);
    const { empty, ...kept } = place.params;
    expect(empty).toBe('');
    expect(readPlace(written)).toEqual({ page: 'dependence', params: kept });
  });

  it('opens the overview for what it does not know', () => {
    for (const hash of ['', '#', '#/nonsense?x=1', '#overview'])
      expect(readPlace(hash).page).toBe('overview');
    expect(readPlace('#/runs').params).toEqual({});
  });
});

describe('the API client', () => {
  it('fills paths and leaves out what is undefined', () => {
    expect(address('/api/v1/runs/{run}/tables/{table}', { path: { run: 3, table: 'a b' } })).toBe(
      '/api/v1/runs/3/tables/a%20b',
    );
    expect(address('/api/v1/worlds', { query: { name: 'x', format: undefined } })).toBe(
      '/api/v1/worlds?name=x',
    );
  });

  it('reads events however they are cut', () => {
    const reader = new EventReader();
    const text = 'event: run\r\ndata: {"id":1}\r\n\r\n: comment\n\nevent: run\ndata: {"id":2}\n\n';
    const found = [...text].flatMap((letter) => reader.push(letter));
    expect(found.map(({ id }) => id)).toEqual([1, 2]);
  });

  it('says everything that is wrong', () => {
    const problem = fromBody({
      code: 'unknown_label',
      what: 'region “XX” is unknown',
      where: 'cut[0].sellers',
      hint: 'did you mean “XY”?',
      further: [{ code: 'bad_value', what: 'share is above 1', where: '', hint: '' }],
    });
    expect(allProblems(problem)).toHaveLength(2);
    expect(problemWords(problem)).toBe('Region “XX” is unknown (cut[0].sellers).');
    expect(problemWords(problem.further[0]!)).toBe('Share is above 1.');
  });
});

describe('colour classes', () => {
  it('hold every value, and are the same for a value wherever it occurs', () => {
    for (const spread of ['even', 'growing'] as const)
      for (const values of [[0, 3.3, 33.2], [7, 8, 9.5], [1e3, 2.6e7], [5], [0, 0], [-2, 3]]) {
        const steps = sequentialSteps(values, spread);
        for (const value of values) expect(stepOf(value, steps)).not.toBeNull();
      }
    const steps = sequentialSteps([0, 33.2], 'even');
    expect(steps.map(({ to }) => to)).toEqual([6, 12, 18, 24, 30, null]);
    expect(sequentialSteps([1, 900], 'growing').map(({ to }) => to)).toEqual([
      20, 50, 100, 200, 500, null,
    ]);
  });
});

describe('bands', () => {
  it('are closed, and interrupted where a value is missing', () => {
    expect(bandOutlines([1, 2, 3, 4], [1, 1, null, 2], [2, 3, 9, 4])).toEqual([
      [
        [1, 2],
        [2, 3],
        [2, 1],
        [1, 1],
      ],
      [
        [4, 4],
        [4, 2],
      ],
    ]);
    expect(bandOutlines([1], [], [])).toEqual([]);
  });
});

describe('the pack', () => {
  it('holds each file raw and gzipped where its entry says', () => {
    const files = [
      { path: '/', content: Buffer.from('<!doctype html>') },
      { path: '/assets/a.js', content: Buffer.from('export const a = 1;\n'.repeat(50)) },
    ];
    const packed = pack(files);
    const newline = packed.indexOf(10);
    const entries = JSON.parse(packed.subarray(0, newline).toString()) as PackEntry[];
    const bytes = packed.subarray(newline + 1);
    expect(entries.map(({ path }) => path)).toEqual(['/', '/assets/a.js']);
    for (const entry of entries) {
      const { content } = files.find(({ path }) => path === entry.path)!;
      expect(bytes.subarray(entry.offset, entry.offset + entry.size)).toEqual(content);
      const zipped = bytes.subarray(entry.gzip_offset, entry.gzip_offset + entry.gzip_size);
      expect(gunzipSync(zipped)).toEqual(content);
      expect(entry.etag).toMatch(/^[0-9a-f]{32}$/);
    }
    expect(pack(files)).toEqual(packed);
    expect(() => pack([{ path: '/a.exe', content: Buffer.from('') }])).toThrow('content type');
  });
});

describe('documents of runs', () => {
  it('give losses by region, positive where something is lost', () => {
    const disrupt = {
      schema: { name: 'linchpin.disrupt', version: 1 },
      regions: [{ region: 'CHN', output_loss_pct: 2, value_added_loss_pct: null }],
      world: { output_loss_pct: 0.5 },
    };
    const [output] = regionMeasures(disrupt);
    expect(output?.key).toBe('output');
    expect([...(output?.values ?? [])]).toEqual([
      ['CHN', 2],
      ['WORLD', 0.5],
    ]);
    const settled = {
      schema: { name: 'linchpin.equilibrium', version: 1 },
      regions: [
        { region: 'USA', welfare_exact_pct: 0.2, real_wage_pct: -1 },
        { region: 'ODD', welfare_exact_pct: 99, outlier: true },
      ],
    };
    const [welfare, wages] = regionMeasures(settled);
    expect(welfare?.values.get('USA')).toBe(-0.2);
    expect(welfare?.values.get('ODD')).toBeNull();
    expect(wages?.values.get('USA')).toBe(1);
  });

  it('keep scenarios of a study apart, and are none for other documents', () => {
    const measures = regionMeasures(JSON.parse(sampleText('sample')) as unknown);
    expect(measures.length).toBeGreaterThan(0);
    expect(loadSample('sample').regions.length).toBeGreaterThan(0);
    for (const other of [null, 3, {}, { schema: { name: 'linchpin.localize' } }])
      expect(regionMeasures(other)).toEqual([]);
  });
});

describe('small things', () => {
  it('names files without surprises', () => {
    expect(fileName('Loss of output, “China” / ../../etc', 'svg')).toBe(
      'loss-of-output-china-etc.svg',
    );
    expect(fileName('///', 'csv')).toBe('linchpin.csv');
  });

  it('makes tables with what is missing as null', () => {
    const table = makeTable(
      't',
      'T',
      [{ name: 'a', title: 'A', type: 'text' }, { name: 'b', title: 'B', unit: '%' }],
      [{ a: 'x', b: 1 }, { a: 'y' }],
    );
    expect(table.data).toEqual([
      ['x', 'y'],
      [1, null],
    ]);
    expect(table.columns[1]?.unit).toBe('%');
  });

  it('titles worlds', () => {
    expect(worldTitle({ id: 'world-2011', kind: 'built-in' })).toBe('2011');
    expect(worldTitle({ id: 'world-2022e', kind: 'built-in' })).toBe('2022 (estimated)');
    expect(worldTitle({ id: 'world-2011', kind: 'uploaded' })).toBe('world-2011');
    const info = toWorldInfo('w', {
      table: {
        title: '',
        year: null,
        unit: '',
        price_basis: '',
        source: '',
        licence: '',
        history: '',
        estimated: false,
      },
      regions: [{ label: 'A', name: '' }],
      sectors: [],
      categories: [],
      industries: 0,
      totals: { gross_output: 0, value_added: 0, final_demand: 0, regions: {} },
    });
    expect(info.regions).toEqual([{ label: 'A', name: 'A', members: [] }]);
  });
});
