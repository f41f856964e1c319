// SPDX-License-Identifier: Apache-2.0
// @vitest-environment jsdom
// Two to four runs of any kind side by side: which figures they share, which variants are drawn,
// scales that all of them share, differences of key numbers, words for what a run lacks.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { init } from 'echarts/core';
import { describe, expect, it } from 'vitest';
import '../src/lib/charts/setup';
import { barsSvg, broken, linesSvg } from '../src/lib/charts/list-svg';
import { bars } from '../src/lib/charts/bars';
import { LIGHT } from '../src/lib/charts/look';
import { highestTotal } from '../src/lib/charts/stacked';
import { Names } from '../src/lib/contract/names';
import type { Run } from '../src/app/lib/api';
import type { RunWorld } from '../src/app/lib/run-world';
import { tablesOf, technologiesIn } from '../src/app/pages/autonomy/document';
import { compareTable } from '../src/app/pages/runs/compare';
import { chokepointsOf } from '../src/app/pages/runs/compare/chokepoints-of';
import {
  anyShared,
  lacking,
  partsOf,
  sharedVariants,
  shownParts,
  variantsOf,
  type Entry,
  type Loaded,
} from '../src/app/pages/runs/compare/entries';
import { FAMILIES, holds, offered } from '../src/app/pages/runs/compare/families';
import { gamesOf, payoffDifferences, payoffTable } from '../src/app/pages/runs/compare/games-of';
import { keyNumbers } from '../src/app/pages/runs/compare/key-numbers';
import { autonomyNumbers, dayNumbers, tradeNumbers } from '../src/app/pages/runs/compare/numbers-of';
import { pathTable } from '../src/app/pages/runs/compare/path-table';
import { alike } from '../src/app/pages/runs/compare/sector-order';
import { partRows, priceRows } from '../src/app/pages/runs/compare/trade-rows';
import { bargainsOf, frontierNumbers, frontiersOf, frontiersTable, costRange, signalNumbers, signalsOf } from '../src/app/pages/runs/compare/threats-of';
import { dailyParts, readParts, settledParts } from '../src/app/pages/runs/compare/views';

const read = (folder: string, name: string): unknown =>
  JSON.parse(readFileSync(join(__dirname, folder, name), 'utf8'));
const strategy = read('../fixtures', 'strategy.json');
const names = new Names({
  regions: [{ label: 'CHN', name: 'China', members: ['CHN'] }],
  sectors: [],
});
const world = { id: 'w', regions: [], sectors: [], names, vintage: '', unit: '', estimated: false } as RunWorld;

function entry(id: number, kind: Run['kind'], tables: string[] | null = null): Entry {
  return { run: { id, kind, status: 'done' } as Run, title: `run ${id}`, tables };
}
function loaded(id: number, kind: Run['kind'], document: unknown, request: Record<string, unknown> | null = null): Loaded {
  return { ...entry(id, kind), world, document, request };
}

describe('families of figures', () => {
  it('are offered for every kind of run, what most hold first', () => {
    const kinds: Run['kind'][] = ['disrupt', 'equilibrium', 'localize', 'leverage-power', 'leverage-chokepoints', 'leverage-defend', 'leverage-game', 'leverage-bargain', 'leverage-signal', 'leverage-frontier'];
    for (const kind of kinds) expect(offered([entry(1, kind)]).length, kind).toBeGreaterThan(0);
    const mixed = offered([entry(1, 'disrupt'), entry(2, 'equilibrium'), entry(3, 'equilibrium')]);
    expect(mixed.map(({ family, count }) => [family.key, count])).toEqual([
      ['losses', 3],
      ['trade', 2],
      ['days', 1],
      ['sectors', 1],
    ]);
  });

  it('know by its tables what a study holds', () => {
    const study = entry(1, 'study', ['autonomy', 'power', 'payoffs']);
    expect(offered([study]).map(({ family }) => family.key)).toEqual(['autonomy', 'power', 'games', 'tables']);
    expect(offered([entry(1, 'study', [])])).toEqual([]);
    const trade = FAMILIES.find(({ key }) => key === 'trade')!;
    expect([holds(trade, entry(2, 'equilibrium')), holds(trade, study)]).toEqual([true, false]);
  });
});

describe('parts of runs', () => {
  const say = (id: number, ...variants: string[]) => ({ entry: loaded(id, 'study', null), variants });
  const of = (...said: { entry: Loaded; variants: string[] }[]) =>
    partsOf(said.map((each) => each.entry), (run) =>
      said.find((each) => each.entry === run)!.variants.map((variant) => ({ variant, data: variant })),
    );

  it('are all drawn while they are few, one of each run else', () => {
    const few = of(say(1, 'a', 'b'), say(2, 'a'));
    expect(shownParts(few, () => '')).toHaveLength(3);
    expect(few.map(({ name }) => name)).toEqual(['1: run 1 (a)', '1: run 1 (b)', '2: run 2']);
    const many = of(say(1, 'a', 'b', 'c'), say(2, 'a', 'b'));
    expect(shownParts(many, (run) => (run === 1 ? 'c' : 'unknown')).map(({ data }) => data)).toEqual(['c', 'a']);
    expect(variantsOf(many).map(({ variants }) => variants.length)).toEqual([3, 2]);
  });

  it('tell who lacks them, and what runs share', () => {
    const [one, two, none] = [say(1, 'a', 'b'), say(2, 'b'), say(3)];
    const parts = of(one, two, none);
    expect(lacking([one.entry, two.entry, none.entry], parts)).toEqual([none.entry]);
    expect(sharedVariants(parts)).toEqual(['b', 'a']);
    expect(anyShared(parts)).toBe(true);
    expect(anyShared(of(say(1, 'a'), say(2, 'b')))).toBe(false);
  });
});

describe('key numbers', () => {
  it('stand below each other, with differences to the first', () => {
    const parts = partsOf([loaded(1, 'disrupt', 2), loaded(2, 'disrupt', 5), loaded(3, 'disrupt', null)], ({ document }) => [
      { variant: '', data: document as number | null },
    ]);
    const number = { name: 'n', title: 'N', unit: '%', of: (value: number | null) => value };
    const table = keyNumbers(parts, [number, { name: 'none', title: 'None', of: () => null }])!;
    expect(table.columns.map(({ name }) => name)).toEqual(['run', 'n']);
    expect(table.data[1]).toEqual([2, 5, null, 3, null]);
    expect(table.data[0]?.[3]).toBe('Difference: 2: run 2 less 1: run 1');
    expect(keyNumbers(parts, [])).toBeNull();
  });

  it('are read from runs of each kind', () => {
    const [days] = readParts(dailyParts([loaded(1, 'disrupt', read('fixtures', 'disrupt.json'))]));
    const dayTable = keyNumbers([days!], dayNumbers(names))!;
    expect(dayTable.columns.map(({ name }) => name)).toContain('world_output');
    const [trade] = readParts(settledParts([loaded(1, 'equilibrium', read('fixtures', 'equilibrium.json'))]));
    const tradeTable = keyNumbers([trade!], tradeNumbers(names, 'CHN'))!;
    expect(tradeTable.data[tradeTable.columns.findIndex(({ name }) => name === 'welfare')]![0]).toBeGreaterThan(0);
    const autonomy = partsOf([loaded(1, 'study', strategy)], ({ document }) =>
      technologiesIn(document).map((variant) => ({ variant, data: tablesOf(document, variant) })),
    );
    expect(autonomy.length).toBeGreaterThan(0);
    expect(keyNumbers(autonomy, autonomyNumbers())!.columns.map(({ name }) => name)).toContain('threshold');
  });
});

describe('threats', () => {
  const { documents, tables } = read('../fixtures', 'outputs.json') as { documents: Record<string, unknown>; tables: { name: string }[] };
  const study = { ...(strategy as object), tables };
  it('are read of answers and of studies, each once', () => {
    for (const [kind, of, document] of [
      ['leverage-bargain', bargainsOf, documents['bargain']],
      ['leverage-signal', signalsOf, documents['signal']],
      ['leverage-frontier', frontiersOf, documents['frontier']],
    ] as const) {
      const parts = partsOf<unknown>([loaded(1, kind, document), loaded(2, 'study', study), loaded(3, 'disrupt', {})], of);
      expect(parts.map(({ entry: { run } }) => run.id), kind).toContain(1);
      expect(parts.map(({ entry: { run } }) => run.id), kind).toContain(2);
      expect(parts.every(({ entry: { run } }) => run.id !== 3), kind).toBe(true);
      expect(new Set(parts.map(({ name }) => name)).size, kind).toBe(parts.length);
    }
  });
  it('have key numbers with differences, and one scale', () => {
    const parts = partsOf([loaded(1, 'leverage-signal', documents['signal']), loaded(2, 'study', study)], signalsOf);
    expect(keyNumbers(parts, signalNumbers())!.columns.map(({ name }) => name)).toContain('cost');
    const costs = parts.flatMap(({ data }) => data.curves.flatMap(({ cost }) => cost));
    const range = costRange(parts.map(({ data }) => data))!;
    const most = Math.max(...costs.map((value) => value ?? 0));
    expect(range.min).toBe(0);
    expect(range.max).toBeGreaterThanOrEqual(most);
    expect(range.max).toBeLessThan(10 * most);
    expect(costRange([])).toBeNull();
    const frontiers = partsOf([loaded(1, 'leverage-frontier', documents['frontier']), loaded(2, 'study', study)], frontiersOf);
    expect(frontiersTable(frontiers).data[0]).toHaveLength(frontiers.reduce((sum, { data }) => sum + data.points.length, 0));
    expect(keyNumbers(frontiers, frontierNumbers())!.data.at(-1)).toBeDefined();
  });
});

describe('what is compared', () => {
  const file = read('fixtures', 'equilibrium.json') as { sectors: { price_pct: number }[] };
  const milder = { ...file, sectors: file.sectors.map((row) => ({ ...row, price_pct: row.price_pct / 2 })) };

  it('lines up prices and parts of welfare of one region', () => {
    const parts = readParts(settledParts([loaded(1, 'equilibrium', file), loaded(2, 'equilibrium', milder)]));
    const rows = priceRows(parts, 'CHN', names);
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.length).toBeLessThanOrEqual(20);
    for (const { values } of rows) expect(values[1]!).toBeCloseTo(values[0]! / 2, 12);
    const split = partRows(parts, 'CHN');
    expect(split.length).toBeGreaterThan(0);
    expect(split[0]!.values[0]).toBe(split[0]!.values[1]);
    const table = compareTable('t', { name: 'p', title: 'P', of: (row) => row.region }, parts, rows);
    const column = table.data[table.columns.findIndex(({ name }) => name === 'difference')]!;
    expect(column[0]).toBeCloseTo(rows[0]!.values[1]! - rows[0]!.values[0]!, 12);
  });

  it('puts days of different lengths into one table', () => {
    const table = pathTable(
      [
        { name: 'a', x: [0, 1], mid: [1, 2] },
        { name: 'b', x: [1, 2], mid: [5, 6], low: [4, 5], high: [6, 7] },
      ],
      't',
    );
    expect(table.data).toEqual([
      [0, 1, 2],
      [1, 2, null],
      [null, 5, 6],
      [null, 4, 5],
      [null, 6, 7],
      [null, 3, null],
    ]);
  });

  it('orders the rows of heat maps alike', () => {
    const heat = (sectors: string[], columns: string[]) => ({ sectors, columns, values: sectors.map((_, i) => columns.map(() => i)), size: 1 });
    const [a, b] = alike([heat(['x', 'y'], ['1']), heat(['z', 'y'], ['1', '2'])]);
    expect(a!.sectors).toEqual(['x', 'y', 'z']);
    expect(b!.sectors).toEqual(a!.sectors);
    expect(a!.values).toEqual([[0], [1], [null]]);
    expect(b!.values).toEqual([[null, null], [1, 1], [0, 0]]);
  });

  it('shares axes', () => {
    const env = { width: 800, look: LIGHT, printing: false };
    const small = [{ label: 'a', value: 1, details: [] }];
    const large = [{ label: 'b', value: 40, details: [] }];
    const end = (option: unknown) => (option as { xAxis: { max: number } }).xAxis.max;
    const alone = end(bars({ rows: small, estimated: false }, env));
    const beside = end(bars({ rows: small, within: [...small, ...large], estimated: false }, env));
    expect(alone).toBeLessThan(2);
    expect(beside).toBe(end(bars({ rows: large, within: [...small, ...large], estimated: false }, env)));
    expect(highestTotal({ years: [1, 2], parts: [{ name: 'a', values: [1, 2], slot: 0 }, { name: 'b', values: [3, null], slot: 1 }] })).toBe(4);
  });
});

describe('the drawing of a chart', () => {
  it('is XML that can be saved, whatever its labels', () => {
    const hostile = '<img src=x onerror="alert(1)"> & =1+1';
    // Without a canvas the widths of words are guessed.
    HTMLCanvasElement.prototype.getContext = () => null;
    const chart = init(null, null, { renderer: 'svg', ssr: true, width: 400, height: 200 });
    chart.setOption(bars({ rows: [{ label: hostile, value: 1, details: [] }], estimated: true }, { width: 400, look: LIGHT, printing: false }));
    const parsed = new DOMParser().parseFromString(chart.renderToSVGString(), 'image/svg+xml');
    chart.dispose();
    expect(parsed.querySelector('parsererror')).toBeNull();
    expect(parsed.querySelector('img')).toBeNull();
    expect(parsed.documentElement.textContent).toContain('onerror');
  });
});

describe('leverage', () => {
  it('reads chokepoints of answers and of studies by target', () => {
    const answer = {
      schema: { name: 'linchpin.leverage-chokepoints' },
      target: 'CHN',
      sets: [{ links: ['TWN:C26'], loss_pct: 2, senders: [] }],
      at_fixed_wages: { sets: [] },
    };
    const [own] = chokepointsOf(loaded(1, 'leverage-chokepoints', answer), 'settled');
    expect(own).toMatchObject({ variant: 'CHN', data: { target: 'CHN', sets: [{ lossPct: 2 }] } });
    expect(chokepointsOf(loaded(1, 'leverage-chokepoints', answer), 'prices')[0]!.data.sets).toEqual([]);
    const study = chokepointsOf(loaded(2, 'study', strategy), 'settled');
    expect(study.length).toBeGreaterThan(0);
    expect(study[0]!.data.sets.length).toBeGreaterThan(0);
  });

  it('lines up payoffs of games by play and player', () => {
    const game = (payoff: number) =>
      `title = "t"\n[[player]]\nname = "A"\nactions = ["x"]\n[[player]]\nname = "B"\nactions = ["y"]\n` +
      `[[outcome]]\nplay = {A = "x", B = "y"}\npayoffs = {A = ${payoff}, B = [-2, 0]}\n`;
    const answer = { schema: { name: 'linchpin.leverage-game' }, equilibria: [{ strategies: { A: { x: 1 }, B: { y: 1 } }, payoffs: {}, pure: true }] };
    const parts = partsOf([1, 4].map((payoff, n) => loaded(n + 1, 'leverage-game', answer, { game: game(payoff) })), gamesOf);
    const name = (player: string) => player;
    const table = payoffDifferences(parts, name)!;
    const column = (of: string) => table.data[table.columns.findIndex((each) => each.name === of)];
    expect(column('player')).toEqual(['A', 'B']);
    expect(column('difference')).toEqual([3, 0]);
    expect(column('equilibrium_in')).toEqual(['1, 2', '1, 2']);
    expect(payoffTable(parts[0]!.data.game, parts[0]!.data.solved, name).data[4]).toEqual(['yes', 'yes']);
    expect(gamesOf(loaded(1, 'leverage-game', answer))).toEqual([]);
    expect(gamesOf(loaded(1, 'leverage-game', answer, { game: 'not = [toml' }))).toEqual([]);
    expect(gamesOf(loaded(1, 'study', strategy)).length).toBeGreaterThan(0);
  });

  it('saves lists as pictures in which labels stay text', () => {
    const hostile = '<img src=x onerror=alert(1)>';
    const row = { label: hostile, value: 1, low: 0.5, high: 2, written: '1 %' };
    const svg = barsSvg({ title: hostile, rows: [row], most: 2, colours: { ink: '#000', bar: '#00f', background: '#fff' } });
    const lines = linesSvg({ title: 't', lines: [{ text: hostile, strong: true }], ink: '#000', background: '#fff' });
    for (const each of [svg, lines]) {
      const parsed = new DOMParser().parseFromString(each, 'image/svg+xml');
      expect(parsed.querySelector('parsererror')).toBeNull();
      expect(parsed.querySelector('img')).toBeNull();
      expect(parsed.documentElement.textContent).toContain(hostile);
    }
    expect(broken('x'.repeat(100), 700).every((line) => line.length <= 101)).toBe(true);
  });
});
