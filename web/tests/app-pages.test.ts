// SPDX-License-Identifier: Apache-2.0
// Pure functions of the pages Overview, Dependence and Runs.
import { describe, expect, it } from 'vitest';
import { tierView } from '../src/app/pages/dependence/sankey';
import { measureTables } from '../src/app/pages/dependence/measure-tables';
import { foreign, headline as dependenceHeadline, leaves } from '../src/app/pages/dependence/view';
import { remember, split, type Dependence } from '../src/app/pages/dependence/answer';
import {
  headline,
  MEASURES,
  ranked,
  seriesOf,
  valuesOf,
  type Frame,
} from '../src/app/pages/overview/measures';
import { compareRows, sharedMeasures } from '../src/app/pages/runs/compare';
import type { Loaded } from '../src/app/pages/runs/compare/entries';
import { lossParts } from '../src/app/pages/runs/compare/views';
import { nameFromFile, readUpload } from '../src/app/pages/runs/upload';
import { toWorldInfo } from '../src/app/lib/worlds.svelte';

const world = toWorldInfo('world-2011', {
  table: {
    title: 'Test',
    year: 2011,
    unit: 'USD million',
    price_basis: 'current prices',
    source: '',
    licence: '',
    history: '',
    estimated: false,
  },
  regions: [
    { label: 'AAA', name: 'Aland' },
    { label: 'BBB', name: 'Beland' },
  ],
  sectors: [{ label: 'c1', name: 'Farms' }],
  categories: [],
  industries: 2,
  totals: {
    gross_output: 30,
    value_added: 20,
    final_demand: 20,
    regions: {
      AAA: { gross_output: 20, value_added: 15, final_demand: 15 },
      BBB: { gross_output: 10, value_added: 5, final_demand: 5 },
    },
  },
});

const row = (buyer: string, supplier: string, face: number, through: number, origin: number) => ({
  buyer,
  supplier,
  face_value: face,
  look_through: through,
  hidden: through - face,
  value_added_origin: origin,
});

const frame: Frame = {
  world,
  name: '2011',
  reliance: [
    row('AAA', 'AAA', 0.4, 0.9, 0.9),
    row('AAA', 'BBB', 0.05, 0.12, 0.1),
    row('BBB', 'AAA', 0.1, 0.3, 0.25),
    row('BBB', 'BBB', 0.3, 0.6, 0.75),
  ],
};

describe('the overview', () => {
  it('leaves out what a region buys at home', () => {
    expect(valuesOf(frame, 'foreign', '')).toEqual(
      new Map([
        ['AAA', 10],
        ['BBB', 25],
      ]),
    );
    expect(valuesOf(frame, 'supplier', 'AAA')).toEqual(
      new Map([
        ['AAA', null],
        ['BBB', 30],
      ]),
    );
    expect(valuesOf(frame, 'gdp', '').get('AAA')).toBe(15);
    expect(ranked(valuesOf(frame, 'supplier', 'AAA'))).toEqual([{ region: 'BBB', value: 30 }]);
  });

  it('says one sentence for each measure, with the numbers of the data', () => {
    for (const measure of MEASURES) {
      const words = headline({ measure, frame, first: null, supplier: 'AAA' });
      expect(words).toMatch(/^In 2011, .*\.$/);
      expect(words).not.toMatch(/undefined|NaN|null/);
    }
    const [measure] = MEASURES;
    expect(headline({ measure: measure!, frame, first: null, supplier: '' })).toContain(
      'the value of what Beland makes was added abroad',
    );
  });

  it('knows which worlds are years of one series', () => {
    expect(seriesOf(['world-2022e-wide', 'world-2022e', 'mine', 'world-1995'])).toEqual([
      'world-1995',
      'world-2022e',
    ]);
  });
});

const answer: Dependence = {
  world: 'world-2011',
  buyer: 'AAA:c1',
  reliance: frame.reliance.slice(0, 2).map((each) => ({ ...each, hidden: 0 })),
  suppliers: [
    { ...row('AAA:c1', 'AAA:c1', 0.4, 0.9, 0.9), rank: 1 },
    { ...row('AAA:c1', 'BBB:c1', 0.05, 0.12, 0.1), rank: 2 },
  ],
  concentration: [],
};

describe('dependence', () => {
  it('tells home from abroad for regions and industries', () => {
    expect(foreign(answer, world.names, 'face_value').map(({ supplier }) => supplier)).toEqual([
      'BBB',
    ]);
    expect(leaves(answer, world.names, 'look_through', false).map(({ name }) => name)).toEqual([
      'Beland',
    ]);
    expect(leaves(answer, world.names, 'look_through', true)).toHaveLength(2);
    const words = dependenceHeadline(answer, world.names);
    expect(words).toContain('Aland: Farms spends 5.00\u202f% of its output on inputs from abroad');
    expect(words).toContain('Beland is the largest foreign supplier in both views');
  });

  it('keeps answers, and splits one about many buyers', async () => {
    let asked = 0;
    const read = remember(async (world: string, buyer: string) => {
      asked += 1;
      return `${world} ${buyer}`;
    });
    read.put('w', 'AAA', 'put');
    expect(await read('w', 'AAA')).toBe('put');
    expect(await Promise.all([read('w', 'BBB'), read('w', 'BBB')])).toEqual(['w BBB', 'w BBB']);
    expect(asked).toBe(1);
    const parts = split('w', { reliance: [...frame.reliance] as never, suppliers: [], concentration: [] });
    expect(parts.map(({ buyer, reliance }) => `${buyer} ${reliance.length}`)).toEqual([
      'AAA 2',
      'BBB 2',
    ]);
  });

  it('adds small regions up in the flow diagram, and loses nothing', () => {
    const flows = ['B', 'C', 'D', 'HOME'].flatMap((from, i) => [
      { tier: 1, from, to: 'HOME', value: 0.1 * (4 - i) },
      { tier: 2, from, to: 'B', value: 0.01 },
    ]);
    const tiers = { flows, tiers: [], beyond: 0, buyer: 'HOME', unit: '', schema: { name: 'linchpin.tiers', version: 1 }, origin: {} };
    const view = tierView(tiers, 'HOME', false, 2);
    expect(view.named).toEqual(['HOME', 'B', 'C']);
    const drawn = view.flows.reduce((sum, { value }) => sum + value, 0);
    const abroad = flows.filter(({ from }) => from !== 'HOME');
    expect(drawn).toBeCloseTo(100 * abroad.reduce((sum, { value }) => sum + value, 0), 9);
    expect(view.flows.some(({ from }) => from === 'HOME')).toBe(false);
    expect(tierView(tiers, 'HOME', true, 2).flows.some(({ from }) => from === 'HOME')).toBe(true);
  });

  it('reads lists of any measure as tables', () => {
    const tables = measureTables({
      schema: {},
      origin: {},
      measures: [{ name: 'x' }],
      krugman: [
        { region: 'AAA', index: 0.3, gap: null, gap_reason: 'too few' },
        { region: 'BBB', index: 0.1, ok: true },
      ],
      text: 'no list',
    });
    expect(tables.map(({ name }) => name)).toEqual(['krugman']);
    expect(tables[0]?.columns.map(({ name, type }) => `${name} ${type}`)).toEqual([
      'region text',
      'index number',
      'gap number',
      'ok text',
    ]);
    expect(measureTables('nothing')).toEqual([]);
  });
});

describe('runs side by side', () => {
  const document = (loss: number) => ({
    schema: { name: 'linchpin.disrupt', version: 1 },
    regions: [
      { region: 'AAA', output_loss_pct: loss },
      { region: 'BBB', output_loss_pct: 1 },
    ],
  });

  it('line up by measure and region', () => {
    const entry = (id: number, title: string, document: unknown) =>
      ({ run: { id }, title, document }) as unknown as Loaded;
    const tariff = {
      schema: { name: 'linchpin.equilibrium', version: 1 },
      regions: [{ region: 'AAA', welfare_exact_pct: -1, real_wage_pct: 0 }],
    };
    const all = lossParts([
      entry(1, 'one', document(0.5)),
      entry(2, 'two', document(3)),
      entry(3, 'tariff', tariff),
      entry(4, 'other', {}),
    ]).map((part) => ({ run: part.entry.run.id, name: part.name, measures: part.data }));
    expect(all.map(({ name }) => name)).toEqual(['1: one', '2: two', '3: tariff']);
    const [first] = sharedMeasures(all);
    expect(first?.key).toBe('output');
    expect(first?.of.map((each) => each !== null)).toEqual([true, true, false]);
    expect(compareRows(first!)).toEqual([
      { region: 'AAA', values: [0.5, 3, null] },
      { region: 'BBB', values: [1, 1, null] },
    ]);
  });
});

describe('a table of one’s own', () => {
  it('is named after its file', () => {
    expect(nameFromFile('My table (2020).csv.gz')).toBe('My-table-2020');
    expect(nameFromFile('../../etc/passwd.csv')).toBe('etc-passwd');
    expect(nameFromFile('wiot_2011.nc')).toBe('wiot_2011');
  });

  it('comes back with all findings, or with the reason', () => {
    const stored = readUpload({ world: 'mine', regions: 2, sectors: 3, findings: [{ rule: 'r' }] });
    expect(stored).toMatchObject({ world: 'mine', regions: 2, sectors: 3, problem: null });
    expect(stored.findings).toHaveLength(1);
    const refused = readUpload({ error: { code: 'c', what: 'w', where: 'l', hint: '' } });
    expect(refused.world).toBeNull();
    expect(refused.problem?.what).toBe('w');
  });
});
