// SPDX-License-Identifier: Apache-2.0
// Bills of materials, losses by sector abroad, denial, drivers off the draws, computing power by year, gates:
// tables of real runs (fixtures/outputs.json) and small ones become rows and words.
import { describe, expect, it } from 'vitest';
import outputs from '../fixtures/outputs.json';
import { costParts } from '../src/lib/components/autonomy/series';
import type { AutonomyTables } from '../src/lib/contract/autonomy';
import {
  billWords,
  denialWords,
  givenWords,
  readBill,
  readDenials,
  readGivenDrivers,
  readSectorLosses,
  readStops,
  sectorLossWords,
} from '../src/lib/contract/autonomy-outputs';
import { manageableWords } from '../src/lib/contract/autonomy-words';
import {
  bindingSpans,
  bindingWords,
  computePathWords,
  diffusionWords,
  ratioWords,
  readComputePaths,
  readDiffusion,
  readDiffusionSectors,
  readRatedChips,
  readScaleUp,
} from '../src/lib/contract/compute-years';
import { gateSpans, gateWords, readGates } from '../src/lib/contract/gates';
import { parseTable } from '../src/lib/contract/parse-table';
import type { Json } from '../src/lib/contract/reading';
import type { Cell, ResultTable } from '../src/lib/contract/types';

const tables: AutonomyTables = Object.fromEntries(
  outputs.tables.flatMap((each) => {
    const { table } = parseTable(each as unknown as Json);
    return table === null ? [] : [[table.name, table]];
  }),
);

/** A table from its columns. */
function made(name: string, columns: Record<string, Cell[]>): Record<string, ResultTable> {
  return {
    [name]: {
      name,
      title: name,
      note: '',
      columns: Object.entries(columns).map(([column, cells]) => ({
        name: column,
        title: column,
        type: typeof cells.find((cell) => cell !== null) === 'string' ? ('text' as const) : ('number' as const),
        unit: null,
        description: '',
      })),
      data: Object.values(columns),
    },
  };
}

describe('the bill of materials', () => {
  const bill = readBill(tables);
  it('adds up to the price whatever is put together', () => {
    const source = tables['bill_cost']!;
    const at = (name: string) => source.columns.findIndex((column) => column.name === name);
    const whole = (source.data[at('year')] ?? []).reduce<number>(
      (sum, year, i) => (year === bill.years[0] ? sum + Number(source.data[at('value')]?.[i]) : sum),
      0,
    );
    const shown = bill.parts.reduce((sum, part) => sum + (part.values[0] ?? 0), 0);
    expect(shown).toBeCloseTo(whole, 10);
  });
  it('keeps the large components apart, the rest together, profit last', () => {
    const components = [...new Set(bill.parts.map(({ component }) => component))];
    expect(components).toContain('All other components');
    expect(components.length).toBeLessThanOrEqual(8);
    expect(components.at(-1)).toBe('Profit');
    expect(costParts(bill).some(({ pale }) => pale === true)).toBe(true);
    expect(billWords(bill)).toMatch(/^Imported components are .* in 2025 and .* in 2039\.$/);
    expect(readBill({}).parts).toEqual([]);
  });
});

describe('losses abroad', () => {
  it('are those of the last year, the largest first; any other year on demand', () => {
    const losses = readSectorLosses(tables);
    expect(losses.year).toBe(2039);
    expect(readSectorLosses(tables, 2025).year).toBe(2025);
    const values = losses.rows.map(({ value }) => value ?? 0);
    expect([...values].sort((a, b) => b - a)).toEqual(values);
    expect(sectorLossWords(losses, (label) => label)).toContain('The largest loss in 2039');
  });
  it('and what a stop by the newcomer would cost', () => {
    const { year, rows } = readStops(tables, 'CHN');
    expect(year).toBe(2039);
    expect(rows.length).toBeGreaterThan(2);
    expect(rows[0]?.soon).toBeGreaterThanOrEqual(rows.at(-1)?.soon ?? 0);
    expect(readStops({}, 'CHN').rows).toEqual([]);
  });
});

describe('denial', () => {
  it('is told against nothing denied', () => {
    const lines = readDenials(tables);
    expect(lines[0]?.denied).toBe('nothing');
    expect(lines.length).toBe(4);
    expect(denialWords(lines)).toMatch(/^In 2039, .* is made at home if nothing is denied; if others deny /);
    expect(denialWords([])).toBe('');
  });
});

describe('drivers off the draws', () => {
  const given = readGivenDrivers(
    made('drivers_given', {
      outcome: ['loss', 'loss', 'loss'],
      number: ['markup', 'theta', 'fear'],
      number_title: ['markup', 'trade elasticity', 'fear'],
      first: [0.1, 0.5, -0.02],
      first_low: [-0.05, 0.3, -0.1],
      first_high: [0.3, 0.7, 0.08],
      verdict: ['not distinguishable', 'yes', 'not distinguishable'],
      draws: [400, 400, 400],
    }),
  );
  it('come in order, with what is noise named so', () => {
    const list = given.get('loss') ?? [];
    expect(list.map(({ number }) => number)).toEqual(['theta', 'markup', 'fear']);
    expect(list[0]).toMatchObject({ first: 50, low: 30, high: 70, distinguishable: true });
    expect(givenWords(list)).toBe(
      'Off 400 draws 1 of 3 numbers can be told from chance; the others are not distinguishable from zero.',
    );
    expect(givenWords(list.slice(1))).toContain('none of the 2 numbers');
    expect(givenWords([])).toBe('');
  });
});

describe('computing power by year', () => {
  const years = made('compute_years', {
    path: ['programme', 'programme', 'programme', 'none'],
    year: [2025, 2026, 2027, 2025],
    binding: ['memory', 'memory', 'orders', 'memory'],
    binds_memory_pct: [80, 60, 20, 80],
    binds_orders_pct: [20, 40, 80, 20],
    effective_compute_p05: [1e20, 2e20, 3e20, 1e20],
    effective_compute_p50: [2e20, 3e20, 5e20, 2e20],
    effective_compute_p95: [3e20, 4e20, 7e20, 3e20],
    gap_months_p05: [10, 9, 8, 10],
    gap_months_p50: [14, 13, 12, 14],
    gap_months_p95: [20, 19, 18, 20],
  });
  it('says what binds in which years and how far behind it is', () => {
    const [path, without] = readComputePaths(years);
    expect(path?.programme).toBe(true);
    expect(without?.programme).toBe(false);
    expect(path === undefined ? [] : bindingSpans(path)).toEqual([
      { limit: 'memory', from: 2025, to: 2026 },
      { limit: 'orders', from: 2027, to: 2027 },
    ]);
    expect(path === undefined ? '' : bindingWords(path)).toContain('memory (2025 to 2026), then nothing but orders (2027)');
    expect(path === undefined ? '' : computePathWords(path)).toMatch(/200 EFLOP\/s in 2025 to 500 EFLOP\/s in 2027.*12 months behind.*8 to 18/);
    expect(path?.binds.wafers).toEqual([null, null, null]);
    expect(readComputePaths({})).toEqual([]);
  });
  it('says what it does for other sectors', () => {
    const paths = readDiffusion(
      made('diffusion', { path: ['programme', 'none'], year: [2039, 2039], stock: [9, 5], adoption_pct: [60, 50], gain_pct: [0.7, 0.5] }),
    );
    expect(diffusionWords(paths)).toMatch(/By 2039 .* 0\.70.% of productivity, 0\.50.% without/);
    expect(diffusionWords([])).toBe('');
    const { rows, year } = readDiffusionSectors(
      made('diffusion_sectors', { year: [2039, 2039], sector: ['A', 'B'], sector_name: ['Farms', ''], productivity_pct: [0.1, 0.4] }),
    );
    expect(year).toBe(2039);
    expect(rows.map((row) => row.name)).toEqual(['B', 'Farms']);
  });
  it('rates accelerators and systems', () => {
    const chips = readRatedChips(
      made('compute_thresholds', { accelerator: ['small', 'large', 'unsaid'], tpp: [100, 9000, null], limit_met: ['none', 'performance', 'unknown'] }),
    );
    expect(chips.map((chip) => chip.name)).toEqual(['large', 'small', 'unsaid']);
    const [row, other] = readScaleUp(made('scale_up', { quantity: ['power', 'cost'], published: [4, null], ratio: [3.876, 2] }));
    expect(row === undefined ? '' : ratioWords(row)).toBe('3.88× (published: 4×)');
    expect(other === undefined ? '' : ratioWords(other)).toBe('2×');
  });
});

describe('gates', () => {
  const gates = readGates(
    made('gates', { path: ['programme', 'programme', 'programme', 'none'], year: [2025, 2026, 2027, 2025], gate: ['lithography', 'lithography', '', 'all'], ceiling: [0.6, 0.7, 1, 0.5], quality_relative: [0.5, 0.55, 0.6, 0.5] }),
  );
  it('say which tools hold quality back in which years', () => {
    expect(gates?.years).toEqual([2025, 2026, 2027]);
    expect(gates === null ? [] : gateSpans(gates)).toEqual([
      { gate: 'lithography', from: 2025, to: 2026 },
      { gate: '', from: 2027, to: 2027 },
    ]);
    expect(gates === null ? '' : gateWords(gates)).toBe('Quality is held back by lithography (2025 to 2026). No gate binds after that.');
  });
  it('are not shown where a technology has none', () => {
    expect(readGates({})).toBeNull();
    expect(readGates(made('autonomy', { year: [2025], gate: [''], ceiling: [1] }))).toBeNull();
  });
});

describe('tables of a real run', () => {
  it('of gates, computing power, drivers and other sectors are read', () => {
    const gates = readGates(tables);
    expect(gates === null ? '' : gateWords(gates)).toContain('EUV scanners');
    const [path] = readComputePaths(tables);
    const total = ['wafers', 'memory', 'packaging', 'power', 'orders'] as const;
    expect(total.reduce((sum, limit) => sum + (path?.binds[limit][0] ?? 0), 0)).toBeCloseTo(100, 3);
    expect(path === undefined ? '' : computePathWords(path)).toContain('months behind the frontier');
    const given = [...readGivenDrivers(tables).values()][0] ?? [];
    expect(given.length).toBeGreaterThan(5);
    for (const { low, first, high } of given) {
      expect(low).toBeLessThanOrEqual(first ?? 0);
      expect(high).toBeGreaterThanOrEqual(first ?? 0);
    }
    expect(readDiffusion(tables).map(({ programme }) => programme)).toEqual([true, false]);
    expect(readRatedChips(tables)[0]?.limit).toBe('performance');
    expect(readScaleUp(tables).some(({ published }) => published !== null)).toBe(true);
  });
});

describe('the threshold', () => {
  const found = { thresholdPct: 0.01, year: 2030, early: null, mid: null, late: null, probabilityPct: null };
  it('is given with its reason where the study has one', () => {
    expect(manageableWords(found, 2039)).toHaveLength(1);
    const words = manageableWords({ ...found, note: 'a tenth of the market', marketPct: 0.1 }, 2039).at(-1);
    expect(words).toMatch(/^Threshold: 0\.01.%, 10.% of what the technology is of final use \(a tenth of the market\)\.$/);
  });
});
