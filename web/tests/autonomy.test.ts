// SPDX-License-Identifier: Apache-2.0
// Studies of autonomy: their text is edited number by number, their answers become tables and words.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import strategy from '../fixtures/strategy.json?raw';
import {
  presetTables,
  tablesOf,
  technologiesIn,
  withCentral,
} from '../src/app/pages/autonomy/document';
import { computeHeadline, computeOfTables, flops, readCompute } from '../src/lib/contract/compute';
import { LEVERS, move, several } from '../src/app/pages/autonomy/levers';
import { askEverything, quick, withPreset } from '../src/app/pages/autonomy/run.svelte';
import {
  blocks,
  numberIn,
  policies,
  setValue,
  technologiesOf,
  textIn,
  topText,
} from '../src/app/pages/autonomy/toml-edit';
import {
  readBreakEven,
  readByRegion,
  readCost,
  readCurve,
  readDrivers,
  readManageable,
  readPlans,
  readPresets,
  readSubsidyTests,
} from '../src/lib/contract/autonomy';
import {
  infantWords,
  insuranceWords,
  manageableWords,
  planWords,
  presetWords,
  subsidyWords,
} from '../src/lib/contract/autonomy-words';
import { commonScale, courseLine, curveLines } from '../src/lib/components/autonomy/series';

const study = readFileSync(new URL('../../studies/02-chip-autonomy.toml', import.meta.url), 'utf8');

const TRICKY = `title = "a [[policy]] that is none"
question = """
[[policy]]
kind = "production-subsidy"
amount = 9
"""
list = [
  "[cut_off]", # ]
]

[[policy]] # the real one
kind = 'production-subsidy'
amount = 0.1 # a tenth

[cut_off]
years = 1_0
`;

describe('the text of a study', () => {
  it('has blocks only where headers are', () => {
    expect(blocks(TRICKY).map(({ header }) => header)).toEqual(['', '[[policy]]', '[cut_off]']);
    const [block] = policies(TRICKY, 'production-subsidy', 'x');
    expect(numberIn(TRICKY, block!, 'amount')).toBe(0.1);
    expect(textIn(TRICKY, block!, 'kind')).toBe('production-subsidy');
    expect(numberIn(TRICKY, blocks(TRICKY)[2]!, 'years')).toBe(10);
  });

  it('keeps everything but the number that is set', () => {
    const [block] = policies(TRICKY, 'production-subsidy', 'x');
    const changed = setValue(TRICKY, block!, 'amount', 0.25);
    expect(changed).toBe(TRICKY.replace('amount = 0.1 # a tenth', 'amount = 0.25 # a tenth'));
    const added = setValue(TRICKY, block!, 'leakage', 0.3);
    expect(numberIn(added, policies(added, 'production-subsidy', 'x')[0]!, 'leakage')).toBe(0.3);
    expect(added.length).toBe(TRICKY.length + 'leakage = 0.3\n'.length);
  });

  it('is not broken by strings that are set', () => {
    const hostile = '"\n[[policy]]\n';
    const text = setValue(TRICKY, blocks(TRICKY)[0]!, 'preset', hostile);
    expect(blocks(text)).toHaveLength(3);
  });

  it('is read at the top', () => {
    expect(topText(study, 'region')).toBe('CHN');
    expect(topText(study, 'world')).toBe('world-2022e');
    expect(technologiesOf(study)).toContain('ai-chips');
  });
});

describe('sliders', () => {
  const AI = 'ai-chips';
  const production = LEVERS.find(({ id }) => id === 'production')!;

  it('read what they wrote', () => {
    for (const lever of LEVERS) {
      if (lever.id === 'leakage') continue;
      const wanted = lever.unit === 'years' ? 5 : 0.35;
      const moved = move(study, { [lever.id]: wanted }, AI);
      expect(lever.read(moved, AI), lever.id).toBeCloseTo(wanted, 9);
      // Moving back gives the same answer.
      const start = lever.read(study, AI);
      expect(lever.read(move(moved, { [lever.id]: start ?? 0 }, AI), AI), lever.id).toBe(start);
    }
  });

  it('that are where they were change nothing', () => {
    const there = Object.fromEntries(LEVERS.map((lever) => [lever.id, lever.read(study, AI) ?? 0]));
    expect(move(study, there, AI)).toBe(study);
    expect(move(study, { production: NaN, nonsense: 3 }, AI)).toBe(study);
  });

  it('stay in their range, and leak through every control', () => {
    expect(LEVERS.find(({ id }) => id === 'mandate')?.read(move(study, { mandate: 7 }, AI), AI)).toBe(0.9);
    const moved = move(study, { product: 0.5, tools: 0.8, leakage: 0.2 }, AI);
    for (const kind of ['product-control', 'tool-control']) {
      const [block] = policies(moved, kind, AI);
      expect(numberIn(moved, block!, 'leakage'), kind).toBe(0.2);
      expect(moved.slice(moved.indexOf(kind))).toContain('programme = false');
    }
  });

  it('say that there are several policies of a kind', () => {
    const two = `${TRICKY}\n[[policy]]\nkind = "production-subsidy"\namount = 0.3\n`;
    expect(several(two, production, 'x')).toBe('moves the first of 2 in the study');
    expect(several(TRICKY, production, 'x')).toBe('');
  });

  it('move policies of one technology only', () => {
    const moved = move(study, { mandate: 0.6, tools: 0.3 }, 'industrial-robots');
    expect(LEVERS.find(({ id }) => id === 'mandate')?.read(moved, AI)).toBe(
      LEVERS.find(({ id }) => id === 'mandate')?.read(study, AI),
    );
    expect(moved).toContain('technology = "industrial-robots"\nkind = "mandate"');
  });

  it('do not wait for presets', () => {
    expect(quick('presets = true\n[cut_off]\n')).toBe('presets = false\n[cut_off]\n');
    expect(quick(TRICKY)).toBe(TRICKY);
  });

  it('leave a study that can ask for more', () => {
    expect(topText(withPreset(study, 'sceptic'), 'preset')).toBe('sceptic');
    const all = askEverything(TRICKY, 50);
    expect(blocks(all).map(({ header }) => header)).toEqual(
      expect.arrayContaining(['[drivers]', '[optimal]', '[ensemble]']),
    );
    expect(blocks(all)[0]!.header).toBe('');
    expect(all).toContain('presets = true');
  });
});

const spread = (value: number) => ({ p05: value / 2, p50: value, p95: value * 2 });
const answer = (draws: number) => ({
  draws,
  autonomy: [2025, 2026].map((year) => ({
    technology: 'x',
    region: 'AAA',
    year,
    domestic_share: spread(0.5),
    unit_cost_relative: spread(1.5),
    quality_relative: spread(0.4),
    programme_cost_pct_income: spread(0.01),
    cutoff_loss_pct_income: spread(0.04),
    cutoff_loss_without_programme_pct_income: spread(0.06),
  })),
  manageable: [{ technology: 'x', threshold_pct: 0.02, year: { p05: 2026, p50: null, p95: null }, probability_by_end: 0.25 }],
  break_even_probability: { x: { p05: null, p50: 0.1, p95: null, pays_without_cut_off: 0.1, never: 0.4 } },
  technologies: [
    {
      technology: 'x',
      verdict: 'pays above',
      central: {
        with_programme: [{ year: 2025, export_price: 0.9, share_abroad: 0.2 }],
        without_programme: [{ year: 2025, export_price: 1, share_abroad: 0.1 }],
      },
      programme_effect_in_last_year_pct: { AAA: 1, BBB: -2 },
    },
  ],
});

describe('answers', () => {
  it('become tables, with draws or without', () => {
    expect(technologiesIn(answer(0))).toEqual(['x']);
    const central = tablesOf(answer(0), 'x');
    const curve = readCurve(central)!;
    expect(curve.years).toEqual([2025, 2026]);
    expect(curve.banded).toBe(false);
    expect(curve.courses.domestic_share_pct.central).toEqual([50, 50]);
    const drawn = tablesOf(answer(40), 'x');
    const bands = readCurve(drawn)!;
    expect(bands.banded).toBe(true);
    expect(bands.courses.cutoff_loss_pct.low).toEqual([0.02, 0.02]);
    expect(bands.courses.cutoff_loss_pct.central).toEqual([null, null]);
    expect(readByRegion(drawn, 'competitors', ['real_final_use_change_pct']).rows[1]).toEqual({
      region: 'BBB',
      real_final_use_change_pct: -2,
    });
    const both = readCurve(withCentral(drawn, central))!;
    expect(both.courses.cutoff_loss_pct.central).toEqual([0.04, 0.04]);
    expect(both.courses.cutoff_loss_pct.high).toEqual([0.08, 0.08]);
    expect(readManageable(drawn)).toMatchObject({ early: 2026, mid: null, probabilityPct: 25 });
    expect(readBreakEven(drawn)).toMatchObject({ mid: 10, neverPct: 40 });
  });

  it('stand side by side', () => {
    const beside = presetTables(
      ['sceptic', 'optimist'].map((preset) => ({ preset, tables: tablesOf(answer(0), 'x') })),
    );
    expect(readPresets(beside).map(({ preset, curve }) => [preset, curve.years.length])).toEqual([
      ['sceptic', 2],
      ['optimist', 2],
    ]);
    expect(presetTables([])).toEqual({});
  });

  it('that make no sense are empty, not errors', () => {
    for (const nonsense of [null, 3, [], {}, { autonomy: [null, 1], technologies: 'x' }])
      expect(readCurve(tablesOf(nonsense, 'x'))).toBeNull();
  });

  it('as tables win over plain members', () => {
    const document = { ...answer(0), ...(JSON.parse(strategy) as object) };
    const tables = tablesOf(document, 'ai-chips');
    expect(readCurve(tables)?.years).toHaveLength(15);
    const cost = readCost(tables);
    expect(cost.years).toHaveLength(15);
    expect(cost.parts.at(-1)).toMatchObject({ component: 'inputs', origin: 'imported' });
    const [first] = readDrivers(tables).get('year manageable') ?? [];
    expect(first).toMatchObject({ number: 'catch_up_speed', total: 50 });
    expect(readSubsidyTests(tables).map(({ until }) => until)).toEqual([2030, 2035]);
    expect(planWords(readPlans(tables))).toHaveLength(2);
  });
});

describe('lines', () => {
  const curve = readCurve(tablesOf(answer(40), 'x'))!;
  it('are medians with bands, the path without the programme dashed', () => {
    const lines = curveLines(curve);
    expect(lines).toHaveLength(3);
    expect(lines[1]).toMatchObject({ dashed: true });
    expect(lines[1]).not.toHaveProperty('low');
    expect(lines[0]).toMatchObject({ low: [0.02, 0.02] });
    expect(commonScale(lines).max).toBeGreaterThan(0.08);
    expect(commonScale([])).toEqual({ min: 0, max: 0 });
  });
  it('are the central path without draws', () => {
    const line = courseLine('x', [1], { central: [5], low: [5], mid: [5], high: [5] }, false);
    expect(line.low).toBeUndefined();
    expect(line.mid).toEqual([5]);
  });
});

describe('sentences', () => {
  const manageable = { thresholdPct: 0.02, year: null, early: null, mid: null, late: null, probabilityPct: null };
  it('say when', () => {
    expect(manageableWords(manageable, 2039)[0]).toContain('does not become manageable by 2039');
    expect(manageableWords({ ...manageable, year: 2031, probabilityPct: 63, mid: 2032 }, 2039)).toEqual([
      expect.stringContaining('manageable from 2031 on'),
      expect.stringMatching(/63.?% of the draws .* by 2039, in half of them from 2032 on/),
    ]);
    expect(manageableWords({ ...manageable, probabilityPct: 0 }, null)[1]).toContain('none of the draws');
  });
  it('say whether it pays', () => {
    const none = { hazardPct: null, low: null, mid: null, high: null, withoutCutOffPct: null, neverPct: null };
    expect(insuranceWords({ ...none, verdict: 'never' })[0]).toContain('never pays');
    expect(insuranceWords({ ...none, verdict: 'pays without any cut-off' })[0]).toContain('without any');
    expect(insuranceWords({ ...none, verdict: 'pays above', hazardPct: 7.5 })[0]).toContain('7.5');
    expect(insuranceWords({ ...none, verdict: '<b>new</b>' })[0]).toContain('<b>new</b>');
    expect(insuranceWords({ ...none, verdict: 'never', withoutCutOffPct: 5, neverPct: 80 })[1]).toMatch(
      /5\.0.?%.* 15.?%.*80.?%/,
    );
  });
  it('say whether it is only subsidy', () => {
    const test = {
      until: 2030,
      ends: 'subsidies',
      share: { without: 50, ended: 50, full: 80 },
      loss: { without: 1, ended: 1, full: 0.5 },
      gainStandsPct: 0,
      lossCutStandsPct: 40,
      millYear: null,
      bastable: 0.1,
    };
    expect(subsidyWords(test)[0]).toContain('only subsidy');
    expect(subsidyWords({ ...test, gainStandsPct: 100 })[0]).toContain('whole gain');
    expect(subsidyWords({ ...test, ends: 'all' })[0]).toContain('the whole programme ends in 2030');
    expect(infantWords(test)).toHaveLength(2);
    expect(infantWords({ ...test, millYear: 2033, bastable: null })).toEqual([
      'Mill’s test holds: makers at home stand on their own from 2033 on.',
    ]);
    expect(presetWords({ preset: 'x', manageableYear: null, verdict: 'never', hazardPct: null })).toBe(
      'never manageable within the study; the programme never pays.',
    );
  });
});

describe('computing power', () => {
  const document = {
    binding: 'memory',
    binding_probability: { wafers: 0.2, memory: 0.8 },
    effective_compute: { domestic: spread(2e20), total: spread(4e20) },
    shadow_values: { memory: spread(2e13), power: spread(0) },
    gap_months: spread(16),
    draws: 4096,
  };
  it('says what binds and what relief would bring', () => {
    expect(computeHeadline(readCompute(document))).toMatch(
      /^Memory binds \(in 80.*\)\. One more memory stack a year would bring 20 TFLOP\/s\. About 50.* of 400 EFLOP\/s/,
    );
    expect(computeHeadline(readCompute(null))).toContain('binds');
  });
  it('is read from the tables of a study', () => {
    const column = (name: string) => ({ name, title: name, type: 'number', unit: null, description: '' }) as const;
    const table = (name: string, values: Record<string, string | number>) => ({
      name,
      title: name,
      note: '',
      columns: Object.keys(values).map(column),
      data: Object.values(values).map((value) => [value]),
    });
    const found = computeOfTables({
      compute: table('compute', { source: 'all', effective_compute_p50: 4e20, binding: 'power' }),
      compute_limits: table('compute_limits', { constraint: 'power', binds_pct: 60 }),
    });
    expect(found).toMatchObject({ binding: 'power', odds: [{ name: 'power', share: 0.6 }] });
    expect(found?.sources[0]).toMatchObject({ name: 'total', p50: 4e20 });
    expect(computeOfTables({})).toBeNull();
  });
  it('has units', () => {
    expect([flops(null), flops(0), flops(4.13e19), flops(5)]).toEqual(['–', '0', '41.3 EFLOP/s', '5 FLOP/s']);
  });
});
