// SPDX-License-Identifier: Apache-2.0
// @vitest-environment jsdom
// Who can hurt whom: documents and tables become rows, marks, words; labels stay text.
import { flushSync, mount, unmount } from 'svelte';
import { afterEach, describe, expect, it } from 'vitest';
import strategy from '../fixtures/strategy.json?raw';
import App from '../src/report/App.svelte';
import { readGame, readSolved } from '../src/app/pages/leverage/game-file';
import { goodsOf } from '../src/app/pages/leverage/goods';
import { SAMPLE_GAME } from '../src/app/pages/leverage/sample-game';
import { defenceTable, powerTable, readDefence, setsTable } from '../src/app/pages/leverage/tables';
import { matrixSvg } from '../src/lib/charts/matrix-svg';
import { mark, Pairs, pairWords, powerSteps, shade, sides, tone } from '../src/lib/components/leverage/matrix';
import {
  credibleWords,
  equilibriumWords,
  payoffWords,
  pureProfile,
  type Equilibrium,
} from '../src/lib/contract/game';
import {
  boundWords,
  cellPower,
  linkSets,
  pathsAfter,
  powerOf,
  powerOfTable,
  setsOfTable,
  stabilityOf,
} from '../src/lib/contract/leverage';
import { autonomyFigures, leverageFigures } from '../src/lib/contract/key-figures-studies';
import { Names } from '../src/lib/contract/names';
import { parseResults } from '../src/lib/contract/parse';
import { equilibriumLines, gameOf, solvedOf, standoffs } from '../src/lib/contract/standoff';
import { findTable } from '../src/lib/contract/tables';

const EVIL = '</script><img src=x onerror="window.__pwned=1">';
const parsed = parseResults(strategy);
if (!parsed.ok) throw new Error(parsed.problem);
const { results } = parsed;
const table = (name: string) => findTable(results, name);
const tables = Object.fromEntries(results.tables.map((each) => [each.name, each]));

const pair = {
  sender: 'AAA',
  target: 'BBB',
  cost_index: 0.1,
  liu_yang: -0.002,
  equilibrium_ratio: null,
  short_run: 3,
  monopoly: [] as string[],
  trade: true,
  target_loss_pct: 0.5,
  senders: [{ region: 'AAA', loss_pct: 0.001 }],
  costless: true,
};

describe('power', () => {
  it('is read from documents', () => {
    const [row] = powerOf({ power: [pair] });
    expect(row).toMatchObject({ settled: 0.5, liuYang: -0.2, ratio: null, costless: true, senderLoss: 0.001 });
    expect(row!.costIndex).toBeCloseTo(10.517, 3);
    for (const nonsense of [null, 'x', { power: 3 }, { power: [null, 4] }])
      expect(powerOf(nonsense)).toEqual([]);
  });

  it('is read from tables, year by year', () => {
    const rows = powerOfTable(table('power'));
    expect([...new Set(rows.map(({ when }) => when))]).toEqual(['1995', '2011', '2022']);
    expect(rows.find((row) => row.monopoly.length > 0)?.monopoly).toEqual(['C26']);
    expect(rows.some((row) => !row.trade)).toBe(true);
    expect(powerOfTable(null)).toEqual([]);
  });

  it('marks what is no number, without a colour', () => {
    const [row] = powerOf({ power: [pair] });
    const steps = powerSteps([row!], 'ratio');
    expect(mark(row!, 'ratio')).toBe('○');
    expect(shade(row!, 'ratio', steps)).toBeNull();
    expect(mark({ ...row!, monopoly: ['C26'] }, 'settled')).toBe('▲.50');
    expect(mark({ ...row!, settled: null, monopoly: ['C26'] }, 'settled')).toBe('▲');
    expect(mark({ ...row!, trade: false }, 'settled')).toBe('·');
    expect(pairWords(row!, 'ratio', (label) => label)).toBe(
      'AAA over BBB: no number; costless for the sender',
    );
    expect(['--loss-0', '--loss-3', '--gain-3', null].map(tone)).toEqual(['', 'middle', 'inverse', '']);
  });

  it('has a diagonal', () => {
    const rows = powerOf({ power: [pair, { ...pair, sender: 'BBB', target: 'AAA' }] });
    expect(sides(rows)).toEqual({ senders: ['AAA', 'BBB'], targets: ['AAA', 'BBB'] });
    expect(new Pairs(rows).at('AAA', 'AAA')).toBeUndefined();
    expect(powerTable(rows, (label) => label).data[0]).toEqual(['AAA', 'BBB']);
  });

  it('has numbers that fit into cells', () => {
    expect([0, 0.001, -0.001, 0.0312, -0.52, 3.21, 33.4].map(cellPower)).toEqual(
      ['0', '<.01', '>−.01', '.031', '−.52', '3.2', '33'],
    );
  });

  it('is saved as a picture without any markup of labels', () => {
    const svg = matrixSvg({
      title: EVIL,
      rows: [EVIL],
      columns: [EVIL],
      cells: [[{ text: EVIL, fill: '"/><script>', ink: '#000' }]],
      ink: '#000',
      background: '#fff',
    });
    const found = new DOMParser().parseFromString(svg, 'image/svg+xml');
    expect(new Set([...found.querySelectorAll('*')].map((each) => each.tagName))).toEqual(
      new Set(['svg', 'rect', 'text']),
    );
  });

  it('agrees or not between elasticities', () => {
    const found = stabilityOf(table('power_rank_stability'), 'tau_settled_loss');
    expect(found.sets).toEqual(['default', 'CP', 'FGO']);
    expect(found.values[0]).toEqual([1, 0.49999999999999994, 0.29999999999999993]);
  });

  it('asks about goods where labels say which they are', () => {
    const of = (labels: string[]) => goodsOf(labels.map((label) => ({ label })));
    expect(of(['A01', 'C26', 'D35', 'SERV'])).toEqual(['A01', 'C26']);
    expect(of(['c1', 'c2', 'c30'])).toEqual(['c1', 'c2', 'c30']);
  });
});

describe('chokepoints', () => {
  it('have bounds in words', () => {
    const [open, proven, other] = linkSets([
      { links: ['A:B'], loss_pct: 1, bound_pct: null, bound_kind: 'heuristic', senders: [] },
      { links: ['A:B'], loss_pct: 1, bound_pct: 1, bound_kind: 'proven' },
      { links: ['A:B'], loss_pct: 1, bound_pct: 2, bound_kind: 'proven', draws: { loss_p05_pct: 0.5 } },
    ]);
    expect(boundWords(open!)).toContain('not proven');
    expect(boundWords(proven!)).toContain('no other set');
    expect(boundWords(other!)).toContain('no set costs more than 2.00');
    expect(other!.low).toBe(0.5);
    expect(setsTable([open!], EVIL, (label) => label, (label) => label).data[0]).toEqual(['A:B']);
  });
  it('are read from tables', () => {
    const [worst] = setsOfTable(table('chokepoints'), 'CHN', 'settled');
    expect(worst).toMatchObject({ links: ['TWN:C26', 'KOR:C26'], lossPct: 0.5, proven: false });
    expect(worst!.senders).toEqual([
      { region: 'TWN', lossPct: 1.34 },
      { region: 'KOR', lossPct: 0.471 },
    ]);
  });
  it('are read along a path', () => {
    const [path] = pathsAfter(table('power_after'));
    expect(path).toMatchObject({ region: 'CHN', line: 'CHIPS' });
    expect(path!.points.map(({ year }) => year)).toEqual([2025, 2030, 2035]);
    expect(pathsAfter(null)).toEqual([]);
  });
  it('are fixed one by one', () => {
    const defence = readDefence({
      undefended: { loss_pct: 2 },
      best: { measures: ['A:B'], cost_pct: 1, loss_pct: 1 },
      ladder: [{ measures: ['A:B'], cost_pct: 1, loss_pct: 1 }, { nonsense: 1 }],
    });
    expect(defence.ladder).toHaveLength(1);
    expect(defenceTable(defence, (label) => label).data[1]).toEqual(['A:B']);
    expect(readDefence(null).best).toBeNull();
  });
});

describe('games', () => {
  it('are read from their text', () => {
    const game = readGame(SAMPLE_GAME);
    expect(game.players.map(({ name }) => name)).toEqual(['USA', 'CHN']);
    expect(game.outcomes).toHaveLength(4);
    expect(game.outcomes[1]?.payoffs['CHN']).toEqual({ low: -3, high: -1 });
    expect(game.rungs.map(({ moves }) => moves.length)).toEqual([2, 2]);
    expect(() => readGame('[[player')).toThrow();
    expect(readGame('x = 1').players).toEqual([]);
  });
  it('pay in words', () => {
    expect(payoffWords({ low: 0, high: 0 })).toBe('unchanged');
    expect(payoffWords({ low: -3, high: -1 })).toBe('loses 1 to 3');
    expect(payoffWords({ low: 0.2, high: 0.2 }, '%')).toMatch(/^gains 0.20.%$/);
    expect(payoffWords({ low: -1, high: 2 })).toBe('between a loss of 1 and a gain of 2');
  });
  it('have equilibria, pure or mixed', () => {
    const mixed: Equilibrium = {
      strategies: { USA: { wait: 0.25, ban: 0.75 }, CHN: { yield: 1 } },
      payoffs: { USA: 1, CHN: -0.33333333 },
      pure: false,
    };
    expect(pureProfile(mixed)).toBeNull();
    expect(pureProfile({ ...mixed, strategies: { CHN: { yield: 1 } } })).toEqual({ CHN: 'yield' });
    expect(equilibriumWords(mixed, (label) => label)).toMatch(
      /^USA mixes “wait” \(25.0.%\) and “ban” \(75.0.%\) and gains 1; CHN plays “yield” and loses 0.3333\.$/,
    );
    expect(readSolved(null)).toMatchObject({ equilibria: [], odds: null, path: [] });
  });
  it('of studies are read from their tables', () => {
    expect(standoffs(tables)).toEqual(['chips']);
    const game = gameOf(tables, 'chips');
    expect(game.players[0]).toEqual({ name: 'USA', actions: ['nothing', 'chip ban'] });
    const solved = solvedOf(tables, 'chips');
    expect(solved.equilibria.map(pureProfile)).toEqual([{ USA: 'chip ban', CHN: 'nothing' }]);
    expect(solved.path.map(({ move }) => move)).toEqual(['ban chips', 'yield']);
    expect(credibleWords(solved, 'USA', 'chip ban', (label) => label)).toMatch(/50.0.% to 80.0.%/);
    expect(equilibriumLines(tables, 'chips')).toEqual(['USA: chip ban; CHN: nothing']);
    expect(gameOf({}, 'chips').outcomes).toEqual([]);
  });
});

describe('key figures', () => {
  it('are those of the first technology and the last world', () => {
    const names = new Names(results);
    const autonomy = autonomyFigures(results, names);
    expect(autonomy[2]).toMatchObject({ title: 'Manageable from', value: '2032' });
    expect(autonomy[2]?.about).toMatch(/63.% of the draws by 2039/);
    expect(leverageFigures(results, names).map(({ title }) => title)).toEqual([
      'Most power over another',
      'Worst chokepoints of China',
      'Worst chokepoints of United States',
      'Cost of a break',
      'Cheapest credible signal',
      'Less exposure',
    ]);
  });
});

describe('the report', () => {
  let app: ReturnType<typeof mount> | null = null;
  afterEach(() => {
    if (app !== null) void unmount(app);
    app = null;
    document.body.innerHTML = '';
  });
  function show(text: string) {
    window.matchMedia = () => ({ matches: false, addEventListener() {}, removeEventListener() {} }) as never;
    globalThis.ResizeObserver ??= class {
      observe() {}
      unobserve() {}
      disconnect() {}
    };
    app = mount(App, { target: document.body, props: { parsed: parseResults(text) } });
    flushSync();
    return document.body;
  }

  it('shows autonomy and leverage', () => {
    const page = show(strategy);
    expect(page.querySelector('#autonomy')).not.toBeNull();
    expect(page.querySelector('#leverage')).not.toBeNull();
    expect(page.textContent).toContain('★ equilibrium');
    expect(page.textContent).toContain('The optimist’s numbers');
    expect(page.querySelector('#appendix')).toBeNull();
  });

  it('shows hostile labels as text', () => {
    const document_ = JSON.parse(strategy) as { tables: { columns: { name: string; type: string }[]; data: unknown[][] }[] };
    const kept = ['equilibrium', 'on_path', 'chosen', 'verdict', 'model', 'bound_kind', 'origin', 'senders'];
    for (const each of document_.tables)
      each.columns.forEach((column, c) => {
        if (column.type === 'text' && !kept.includes(column.name))
          each.data[c] = (each.data[c] ?? []).map((cell) => `${String(cell)}${EVIL}`);
      });
    const page = show(JSON.stringify(document_));
    expect(page.querySelectorAll('img, script')).toHaveLength(0);
    expect(page.textContent).toContain(EVIL);
    expect((window as { __pwned?: number }).__pwned).toBeUndefined();
  });
});
