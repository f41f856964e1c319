// SPDX-License-Identifier: Apache-2.0
// Bargains, signals, frontiers, defences, stand-offs in time, supply trees: tables and documents of real
// runs (fixtures/outputs.json, world-2022e) become rows, charts and words.
import { describe, expect, it } from 'vitest';
import outputs from '../fixtures/outputs.json';
import { bandsChart, splitAt, withoutOutliers, type BandSeries } from '../src/lib/charts/band-lines';
import { LIGHT } from '../src/lib/charts/look';
import { pairBars } from '../src/lib/charts/pair-bars';
import { bargainTables, frontierTables, signalTables, supplyTreeTables } from '../src/app/pages/leverage/threat-tables';
import { bandWords, estimateJoin, joinWords } from '../src/lib/components/leverage/matrix';
import { signalSpec } from '../src/lib/components/leverage/threat-charts';
import { linkRanks, linkRanksOf, rankWords } from '../src/lib/contract/chokepoints';
import { powerOf, powerOfTable, setsOfTable, type LeverageTables, type PowerRow } from '../src/lib/contract/leverage';
import { Names } from '../src/lib/contract/names';
import { parseTable } from '../src/lib/contract/parse-table';
import { powerPaths } from '../src/lib/contract/power-path';
import type { Json } from '../src/lib/contract/reading';
import {
  firstYear,
  rungSpan,
  rungTimes,
  standoffActions,
  standoffAfter,
  standoffAfterWords,
} from '../src/lib/contract/standoff-time';
import { readSupplyTrees, treeLink, treeSetWords, treeWords } from '../src/lib/contract/supply-tree';
import {
  bargainWords,
  defenceWords,
  frontierWords,
  measureWords,
  partyName,
  plannedSectors,
  readBargains,
  readDefences,
  readFrontiers,
  readSignals,
  signalWords,
} from '../src/lib/contract/threats';
import type { ResultTable } from '../src/lib/contract/types';
import { briefVintage } from '../src/lib/format/vintage';

const tables: LeverageTables = Object.fromEntries(
  outputs.tables.flatMap((each) => {
    const { table } = parseTable(each as unknown as Json);
    return table === null ? [] : [[table.name, table]];
  }),
);
const names = new Names({
  regions: [
    { label: 'USA', name: 'United States', members: [] },
    { label: 'CHN', name: 'China', members: [] },
    { label: 'DEU', name: 'Germany', members: [] },
  ],
  sectors: [{ label: 'C26', name: 'Electronics' }],
});
const name = partyName(names);
const env = { width: 900, look: LIGHT, printing: false };

function made(
  title: string,
  columns: readonly (readonly [name: string, type: 'text' | 'number'])[],
  rows: readonly (readonly (string | number | null)[])[],
): ResultTable {
  return {
    name: title,
    title,
    note: '',
    columns: columns.map(([column, type]) => ({ name: column, title: column, type, unit: null, description: '' })),
    data: columns.map((_, c) => rows.map((row) => row[c] ?? null)),
  };
}

describe('bargains', () => {
  const [pair, coalition] = readBargains(tables);

  it('are read with their bands', () => {
    expect(readBargains(tables)).toHaveLength(2);
    expect(pair?.first.party).toBe('USA');
    expect(pair?.first.loss.low).toBeLessThan(pair?.first.loss.high ?? 0);
    expect(pair?.money).toContain('USD million');
    expect(coalition?.weight).toBe(0.3);
    expect(name(coalition?.first.party ?? '')).toContain('United States + ');
  });
  it('say who pays whom, with the band in ascending order', () => {
    const [line, believed] = pair === undefined ? [] : bargainWords(pair, name);
    const paid = (pair?.transfer.mid ?? 0) > 0 ? 'United States would pay China' : 'China would pay United States';
    expect(line).toContain(paid);
    const [low, high] = [...(line ?? '').matchAll(/USD ([\d.]+) billion/g)].slice(1).map((match) => Number(match[1]));
    expect(low).toBeLessThan(high ?? 0);
    expect(believed).toBeTruthy();
  });
  it('without an answer say why', () => {
    const broken = { ...pair!, surplus: null, transfer: { mid: null, low: null, high: null }, flag: 'no trade' };
    expect(bargainWords(broken, name)).toEqual(['United States and China: no trade.']);
    const open = { ...pair!, transfer: { mid: 5, low: -1, high: 9 } };
    expect(bargainWords(open, name)[0]).toContain('the direction is open');
  });
  it('of the server become the same table', () => {
    const [own] = readBargains(bargainTables(outputs.documents.bargain));
    const document = outputs.documents.bargain;
    expect(own?.first.party).toBe('USA');
    expect(own?.first.loss.mid).toBe(document.first.loss_pct.value);
    expect(own?.transfer.high).toBe(document.transfer.p95);
    expect(own?.second.demand).toBe(document.second.demand);
    expect(own?.first.credible).toBe(document.first.credible);
    expect(readBargains(bargainTables({ first: {}, second: {}, agreement: null, agreement_reason: 'no answer here' }))[0]?.flag).toContain('no answer here');
    expect(bargainTables(null)).toEqual({});
  });
});

describe('signals', () => {
  it('are read with their curves, which rise', () => {
    const [signal] = readSignals(tables);
    expect(signal?.curves.map(({ type }) => type)).toEqual(['resilient', 'dependent']);
    for (const { givenUp, cost } of signal?.curves ?? []) {
      expect([...givenUp].sort((a, b) => a - b)).toEqual(givenUp);
      expect(cost.at(-1)).toBeGreaterThan(cost[0] ?? Infinity);
    }
    expect(signal === undefined ? '' : signalWords(signal, name)).toContain('can show that it is resilient');
  });
  it('of the server are the same; without a range they say so', () => {
    const read = readSignals(signalTables(outputs.documents.signal));
    expect(read[0]?.separating.low).toBe(outputs.documents.signal.separating.low.value);
    expect(read[0]?.outcome).toContain('separating');
    const none = { ...read[0]!, separating: { low: null, high: null }, poolingHigh: null, outcome: 'threatened whatever it does' };
    expect(signalWords(none, name)).toContain('No reduction of purchases');
  });
  it('shade the range that separates', () => {
    const chart = bandsChart(
      { series: [{ name: 'a', x: [0, 100], mid: [0, 1] }], xName: 'x', format: String, spansX: [{ from: 20, to: 40, name: 'span' }], maxX: 100 },
      env,
    );
    expect((chart.series as { type: string }[]).map(({ type }) => type)).toEqual(['custom', 'line']);
  });
});

describe('frontiers', () => {
  it('rise: less exposure never costs less', () => {
    const [frontier] = readFrontiers(tables);
    const costs = frontier?.points.map(({ cost }) => cost ?? 0) ?? [];
    expect(costs.length).toBeGreaterThan(5);
    costs.slice(1).forEach((cost, i) => expect(cost).toBeGreaterThanOrEqual((costs[i] ?? 0) - 1e-9));
    expect(frontier === undefined ? '' : frontierWords(frontier, name)).toMatch(/Germany .* dearer/);
  });
  it('move sectors at a chosen point, the largest move first', () => {
    const frontier = readFrontiers(tables)[0]!;
    const point = frontier.points.find(({ mu }) => mu !== null && mu > 0 && plannedSectors(frontier, { kind: 'swept', mu }).length > 0);
    const sectors = plannedSectors(frontier, { kind: 'swept', mu: point?.mu ?? null });
    expect(sectors.length).toBeGreaterThan(2);
    for (const { privateShare, planned } of sectors) expect(planned).toBeLessThan(privateShare ?? 0);
  });
  it('of the server are the same', () => {
    const [own] = readFrontiers(frontierTables(outputs.documents.frontier));
    expect(own?.buyer).toBe('DEU');
    expect(own?.points).toHaveLength(outputs.documents.frontier.points.length);
  });
});

describe('two questions about the same parties', () => {
  const doubled = (table: ResultTable, change: Record<string, (row: number) => string | number | null> = {}): ResultTable => ({
    ...table,
    data: table.columns.map((column, c) => {
      const values = table.data[c] ?? [];
      const of = change[column.name];
      return [...values, ...(of === undefined ? values : values.map((_, row) => of(row)))];
    }),
  });
  const twice = (more: readonly string[]) => {
    const signals = doubled(tables['signals']!, { instrument: () => 'tariff' });
    const costs = doubled(tables['signal_costs']!, { cost_pct: () => -1 });
    const half = (costs.data[0]?.length ?? 0) / 2;
    const extra = more.map((name) => ({ name, title: name, type: 'text' as const, unit: null, description: '' }));
    return readSignals({
      signals,
      signal_costs: {
        ...costs,
        columns: [...costs.columns, ...extra],
        data: [...costs.data, ...extra.map(() => costs.data[0]!.map((_, row) => (row < half ? 'wedge' : 'tariff')))],
      },
    });
  };
  it('keep their own curves, by their columns or by their order', () => {
    const [one] = readSignals(tables);
    for (const more of [[], ['instrument']]) {
      const read = twice(more);
      expect(read.map(({ instrument }) => instrument)).toEqual(['wedge', 'tariff']);
      expect(read[0]?.curves).toEqual(one?.curves);
      expect(read[1]?.curves.map(({ givenUp }) => givenUp)).toEqual(one?.curves.map(({ givenUp }) => givenUp));
      expect(read[1]?.curves.every(({ cost }) => cost.every((value) => value === -1))).toBe(true);
      expect(read[0]?.costs?.data[0]).toHaveLength(one?.costs?.data[0]?.length ?? 0);
      expect([signalSpec(read[0]!).min, signalSpec(read[1]!).min]).toEqual([0, undefined]);
    }
  });
  it('keep their own frontiers and sectors', () => {
    const [one] = readFrontiers(tables);
    const read = readFrontiers({
      frontier: doubled(tables['frontier']!, { cost_pct: () => 9 }),
      frontier_sectors: doubled(tables['frontier_sectors']!, { planned_share: () => 0.25 }),
    });
    expect(read).toHaveLength(2);
    expect(read[0]?.points).toEqual(one?.points);
    expect(read[1]?.points.every(({ cost }) => cost === 9)).toBe(true);
    const point = { kind: 'swept', mu: 0.5 };
    expect(plannedSectors(read[0]!, point)).toEqual(plannedSectors(one!, point));
    expect(plannedSectors(read[1]!, point).every(({ planned }) => planned === 0.25)).toBe(true);
    expect(plannedSectors(read[1]!, point)).toHaveLength(plannedSectors(one!, point).length);
  });
});

describe('defences', () => {
  it('lower the worst attack step by step', () => {
    const [defence] = readDefences(tables);
    const steps = defence?.plans.filter(({ plan }) => plan.startsWith('step')) ?? [];
    expect(steps.length).toBe(3);
    steps.slice(1).forEach((step, i) => expect(step.loss).toBeLessThanOrEqual(steps[i]?.loss ?? 0));
    expect(defence === undefined ? '' : defenceWords(defence, names)).toContain('with the best measures');
    expect(measureWords('CHN:C26 halved, also, USA:C26', names)).toBe('China: Electronics halved; also; United States: Electronics');
  });
});

describe('stand-offs in time', () => {
  const standoff = 'chips-and-minerals';
  it('say what actions do and when rungs are', () => {
    expect(standoffActions(tables, standoff).map(({ kind }) => kind)).toContain('ban');
    const rungs = rungTimes(tables, standoff);
    expect(rungs.map(rungSpan)).toEqual(['decided at once', 'months 0 to 3', 'months 3 to 6', 'months 6 to 9']);
    expect(rungs[1]?.losses).toHaveLength(2);
    expect(rungSpan({ ...rungs[1]!, months: null })).toContain('of the horizon');
  });
  it('put the first year beside where trade settles', () => {
    const { rows, days } = firstYear(tables, standoff);
    expect(days).toBe(365);
    expect(rows.find(({ region, inForce }) => region === 'CHN' && inForce === 'ban chips')?.daily).toBeGreaterThan(1);
    const chart = pairBars(
      { rows: [{ label: 'a', first: 1, second: null, missing: 'no answer', details: [] }], estimated: true },
      env,
    );
    const [first, second] = chart.series as { data: unknown[]; label: { formatter: (p: { dataIndex: number }) => string } }[];
    expect(first?.data).toEqual([1]);
    expect(second?.data).toEqual([0]);
    expect(second?.label.formatter({ dataIndex: 0 })).toBe('no answer');
  });
  it('go along a path', () => {
    const [after] = standoffAfter(tables, standoff);
    expect(after?.players.map(({ player }) => player)).toEqual(['USA', 'CHN']);
    const words = after === undefined ? '' : standoffAfterWords(after, name);
    expect(words).toContain('China gives way in');
    expect(words).toContain('(2025)');
  });
});

describe('power with bands', () => {
  it('is read of tables and documents', () => {
    const [row] = powerOfTable(
      made(
        'power',
        [['world', 'text'], ['year', 'number'], ['sender', 'text'], ['target', 'text'], ['target_loss_pct', 'number'], ['target_loss_p05_pct', 'number'], ['target_loss_p95_pct', 'number'], ['rank_p05', 'number'], ['rank_p95', 'number'], ['flag', 'text']],
        [['w', 2022, 'CHN', 'DEU', 1, 0.5, 1.5, 1, 4, '']],
      ),
    );
    expect(row?.bands?.settled).toEqual({ low: 0.5, high: 1.5 });
    expect(row?.bands?.costIndex).toBeUndefined();
    expect(row?.places).toEqual({ low: 1, high: 4, top: null });
    expect(row === undefined ? '' : bandWords(row, 'settled')).toMatch(/0\.50.%.* to 1\.50.%.* over draws/);
    const [asked] = powerOf({ power: [{ sender: 'A', target: 'B', draws: { rank_p05: 1, rank_p95: 2, top_share: 0.4 }, settled_draws: { loss_p05_pct: 1, loss_p95_pct: 2 } }] });
    expect(asked?.bands?.settled).toEqual({ low: 1, high: 2 });
    expect(asked?.places?.top).toBe(0.4);
  });
  it('goes on with dashes from the last published table to an estimate', () => {
    const row = (when: string, world: string) => ({ when, world }) as PowerRow;
    expect(estimateJoin([row('1995', 'world-1995'), row('2011', 'world-2011'), row('2022', 'world-2022e')])).toBe(2011);
    expect(estimateJoin([row('1995', 'world-1995'), row('2011', 'world-2011')])).toBeNull();
    const marked = (when: string, compares: boolean) => ({ when, world: 'w', compares, sectors: compares ? 35 : 28 }) as PowerRow;
    const rows = [marked('1995', true), marked('2011', true), marked('2022', false)];
    expect(estimateJoin(rows)).toBe(2011);
    expect(joinWords(rows, 2011, 2022)).toContain('of 35 sectors up to 2011; dashed: from there to the table of 28 sectors for 2022');
    const line: BandSeries = { name: 'a', x: [1995, 2011, 2022], mid: [1, 2, 3], low: [0, 1, 2], high: [2, 3, 4], slot: 1 };
    const [solid, dashed] = splitAt(line, 2011);
    expect(solid?.x).toEqual([1995, 2011]);
    expect(dashed).toMatchObject({ x: [2011, 2022], mid: [2, 3], low: [1, 2], dashed: true, joined: true, slot: 1 });
    expect(splitAt(line, 2022)).toEqual([line]);
  });
  it('leaves gaps for what would flatten every line, and names it', () => {
    const high: BandSeries = { name: 'a', x: [1995, 2022], mid: [90, 1], low: [80, 0.5], high: [95, 2] };
    const low: BandSeries = { name: 'b', x: [1995, 2022], mid: [2, 1.5] };
    const { lines, left } = withoutOutliers([high, low]);
    expect(left).toEqual([{ name: 'a', x: 1995, value: 90 }]);
    expect(lines[0]).toMatchObject({ mid: [null, 1], low: [null, 0.5], high: [null, 2] });
    expect(lines[1]).toBe(low);
    expect(withoutOutliers([]).left).toEqual([]);
  });
  it('says how sure places of links are, and what partial cuts take', () => {
    const table = made(
      'chokepoint_links',
      [['target', 'text'], ['link', 'text'], ['top_share', 'number'], ['k', 'number'], ['rank_p05', 'number'], ['rank_p50', 'number'], ['rank_p95', 'number'], ['best_set_share', 'number']],
      [['USA', 'DEU:C26', 0.9, 3, 1, 2, 3, 0.2], ['USA', 'CHN:C26', 1, 3, 1, 1, 1, 0.8], ['DEU', 'CHN:C26', 1, 3, 1, 1, 1, 1]],
    );
    const ranks = linkRanks(table, 'USA');
    expect(ranks.map(({ link }) => link)).toEqual(['CHN:C26', 'DEU:C26']);
    expect(ranks.map(rankWords)).toEqual(['rank 1', 'rank 1 to 3']);
    expect(linkRanksOf([{ link: 'a', top_share: 0.5, rank_p50: 2 }], 3)[0]?.top).toBe(0.5);
    const sets = setsOfTable(
      made(
        'chokepoints',
        [['target', 'text'], ['model', 'text'], ['links', 'text'], ['loss_pct', 'number'], ['cut', 'number'], ['first_order_pct', 'number']],
        [['USA', 'settled', 'CHN:C26', 0.2, 0.5, 0.25], ['USA', 'settled', 'DEU:C26', 0.1, 1, null]],
      ),
      'USA',
      'settled',
    );
    expect(sets.map(({ cut }) => cut)).toEqual([0.5, undefined]);
    expect(sets[0]?.firstOrderPct).toBe(0.25);
  });
  it('runs along a computed path, the strongest senders first', () => {
    const [path] = powerPaths(
      made(
        'power_path',
        [['region', 'text'], ['line', 'text'], ['sender', 'text'], ['year', 'number'], ['target_loss_pct', 'number']],
        [['CHN', 'CHIPS', 'USA', 2025, 0.2], ['CHN', 'CHIPS', 'all others', 2025, 1], ['CHN', 'CHIPS', 'USA', 2030, 0.1], ['CHN', 'CHIPS', 'all others', 2030, 0.6]],
      ),
      name,
    );
    expect(path?.lines.map((line) => line.name)).toEqual(['all others', 'United States']);
    expect(path?.words).toMatch(/1\.00.% in 2025, and 0\.60.% in 2030/);
    expect(powerPaths(undefined, name)).toEqual([]);
  });
});

describe('supply trees', () => {
  it('say what hangs on whom, and which makers stop the product', () => {
    const stages = made(
      'supply_tree_stages',
      [['technology', 'text'], ['target', 'text'], ['stage', 'text'], ['title', 'text'], ['largest', 'text'], ['largest_share_pct', 'number'], ['cost_pct', 'number'], ['flag', 'text']],
      [['ai-chips', 'CHN', 'litho', 'Lithography', 'DEU', 93, null, 'stops'], ['ai-chips', 'CHN', 'system', 'Servers', 'USA', 55, 14.7, '']],
    );
    const sets = made(
      'supply_tree_sets',
      [['technology', 'text'], ['target', 'text'], ['rank', 'number'], ['links', 'text'], ['cost_pct', 'number'], ['bound_pct', 'number']],
      [['ai-chips', 'CHN', 1, 'USA:system, DEU:litho', 38.8, 38.8]],
    );
    const [tree] = readSupplyTrees({ supply_tree_stages: stages, supply_tree_sets: sets });
    expect(tree?.target).toBe('CHN');
    expect(tree === undefined ? '' : treeWords(tree, (label) => names.region(label))).toMatch(/cannot be made: Lithography \(Germany\).*Servers: without United States/);
    const set = tree?.sets[0];
    expect(set?.links.map((link) => treeLink(tree!, link, (label) => names.region(label)))).toEqual(['United States: Servers', 'Germany: Lithography']);
    expect(set === undefined ? '' : treeSetWords(set)).toContain('proven: no other set costs more');
    expect(readSupplyTrees({})).toEqual([]);
  });
});

describe('a real supply tree', () => {
  it('of accelerators bought by China names stages and proves its worst set', () => {
    const [tree] = readSupplyTrees(tables);
    expect(tree?.technology).toBe('ai-chips');
    expect(tree === undefined ? '' : treeWords(tree, (label) => label)).toContain('cannot be made: Design software');
    expect(tree?.sets[0] === undefined ? '' : treeSetWords(tree.sets[0])).toContain('proven: no other set costs more');
  });
  it('of the server is the same', () => {
    const [tree] = readSupplyTrees(supplyTreeTables(outputs.documents.tree));
    const [study] = readSupplyTrees(tables);
    expect(tree?.stages.map(({ stage, flag }) => [stage, flag])).toEqual(study?.stages.map(({ stage, flag }) => [stage, flag]));
    expect(tree?.sets[0]?.cost).toBeCloseTo(study?.sets[0]?.cost ?? 0, 3);
    expect(readSupplyTrees(supplyTreeTables(null))).toEqual([]);
  });
});

describe('the line under figures', () => {
  it('names data and year, and leaves sources to the section', () => {
    expect(briefVintage('Data: W, 2011; USD. Source: S. and T.')).toBe('Data: W, 2011; USD.');
    expect(briefVintage('Data: A. Source: S. Data: B. Source: T.')).toBe('Data: A. Data: B.');
    expect(briefVintage('')).toBe('');
  });
});
