// SPDX-License-Identifier: Apache-2.0
// Answers about autonomy -> tables by technology, the same for the page as for the report.
import { AUTONOMY_TABLES, type AutonomyTables } from '../../../lib/contract/autonomy';
import { parseTable } from '../../../lib/contract/parse-table';
import type { Json } from '../../../lib/contract/reading';
import { pick } from '../../../lib/contract/tables';
import type { Cell, ResultTable } from '../../../lib/contract/types';
import { makeTable } from '../../lib/tables';

type Row = Record<string, unknown>;
const isRecord = (value: unknown): value is Row =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const rowsOf = (value: unknown): Row[] => (Array.isArray(value) ? value.filter(isRecord) : []);
const number = (value: unknown): number | null =>
  typeof value === 'number' && Number.isFinite(value) ? value : null;
const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const percent = (value: number | null) => (value === null ? null : value * 100);
const inside = (value: unknown, ...path: string[]): unknown =>
  path.reduce<unknown>((at, name) => (isRecord(at) ? at[name] : undefined), value);

const QUANTITY_KEYS: [name: string, key: string, title: string, unit: string, factor: number][] = [
  ['domestic_share_pct', 'domestic_share', 'Made at home', '% of purchases', 100],
  ['unit_cost_relative', 'unit_cost_relative', 'Price at home', 'price abroad = 1', 1],
  ['quality_relative', 'quality_relative', 'Quality', 'share of the frontier', 1],
  ['programme_cost_pct', 'programme_cost_pct_income', 'Cost of the programme', '%', 1],
  ['cutoff_loss_pct', 'cutoff_loss_pct_income', 'Loss in a cut-off', '%', 1],
  [
    'cutoff_loss_without_pct',
    'cutoff_loss_without_programme_pct_income',
    'Loss in a cut-off, without',
    '%',
    1,
  ],
];

/** Tables made of the plain members, for servers that send none. */
function curveTable(rows: readonly Row[], draws: number): ResultTable {
  const of = (key: string, quantile: string, factor: number) => (row: Row): Cell => {
    const value = number(inside(row[key], quantile));
    return value === null ? null : value * factor;
  };
  const none = (): Cell => null;
  return makeTable<Row>(
    'autonomy',
    'The autonomy curve',
    [
      { name: 'region', title: 'Region', type: 'text' },
      { name: 'year', title: 'Year', type: 'integer', unit: '' },
      ...QUANTITY_KEYS.flatMap(([name, key, title, unit, factor]) => [
        // Without draws all quantiles are the central path.
        { name, title: `${title}, central`, unit, of: draws === 0 ? of(key, 'p50', factor) : none },
        ...(draws === 0
          ? []
          : (['p05', 'p50', 'p95'] as const).map((quantile) => ({
              name: `${name}_${quantile}`,
              title: `${title}, ${quantile === 'p50' ? 'median' : quantile === 'p05' ? '5 %' : '95 %'}`,
              unit,
              of: of(key, quantile, factor),
            }))),
      ]),
    ],
    rows,
  );
}

function wordsTables(document: Row, technology: string, draws: number): ResultTable[] {
  const manageable = rowsOf(document['manageable']).filter((row) => row['technology'] === technology);
  const even = inside(document['break_even_probability'], technology);
  const own = rowsOf(document['technologies']).find((row) => row['technology'] === technology);
  const draw = (value: number | null) => (draws === 0 ? null : value);
  return [
    makeTable<Row>(
      'manageable',
      'When a cut-off is manageable',
      [
        { name: 'threshold_pct', title: 'Threshold', unit: '%' },
        { name: 'year', title: 'Year, central', type: 'integer', of: (row) => (draws === 0 ? number(inside(row['year'], 'p50')) : null) },
        { name: 'year_p05', title: 'Year, 5 %', type: 'integer', of: (row) => draw(number(inside(row['year'], 'p05'))) },
        { name: 'year_p50', title: 'Year, median', type: 'integer', of: (row) => draw(number(inside(row['year'], 'p50'))) },
        { name: 'year_p95', title: 'Year, 95 %', type: 'integer', of: (row) => draw(number(inside(row['year'], 'p95'))) },
        { name: 'probability_by_end_pct', title: 'Probability by the end', unit: '%', of: (row) => draw(percent(number(row['probability_by_end']))) },
      ],
      manageable,
    ),
    makeTable<Row>(
      'break_even',
      'Hazard from which the programme pays',
      [
        { name: 'verdict', title: 'Verdict', type: 'text', of: () => text(own?.['verdict']) },
        { name: 'hazard_pct', title: 'Yearly hazard, central', unit: '%', of: () => (draws === 0 ? percent(number(inside(even, 'p50'))) : null) },
        { name: 'hazard_pct_p05', title: 'Hazard, 5 %', unit: '%', of: () => draw(percent(number(inside(even, 'p05')))) },
        { name: 'hazard_pct_p50', title: 'Hazard, median', unit: '%', of: () => draw(percent(number(inside(even, 'p50')))) },
        { name: 'hazard_pct_p95', title: 'Hazard, 95 %', unit: '%', of: () => draw(percent(number(inside(even, 'p95')))) },
        { name: 'pays_without_cut_off_pct', title: 'Pays without any cut-off', unit: '%', of: () => draw(percent(number(inside(even, 'pays_without_cut_off')))) },
        { name: 'never_pct', title: 'Never pays', unit: '%', of: () => draw(percent(number(inside(even, 'never')))) },
      ],
      own === undefined && even === undefined ? [] : [{}],
    ),
  ];
}

function abroadTables(document: Row, technology: string): ResultTable[] {
  const own = rowsOf(document['technologies']).find((row) => row['technology'] === technology);
  const withIt = rowsOf(inside(own, 'central', 'with_programme'));
  const without = rowsOf(inside(own, 'central', 'without_programme'));
  const effect = inside(own, 'programme_effect_in_last_year_pct');
  const last = withIt.at(-1)?.['year'];
  return [
    makeTable<Row>(
      'undercut',
      'Price asked and share abroad',
      [
        { name: 'year', title: 'Year', type: 'integer' },
        { name: 'export_price', title: 'Price abroad', unit: 'first year = 1' },
        { name: 'export_price_without', title: 'Price abroad, without', unit: 'first year = 1' },
        { name: 'share_abroad_pct', title: 'Share abroad', unit: '%' },
        { name: 'share_abroad_without_pct', title: 'Share abroad, without', unit: '%' },
      ],
      withIt.map((row, i) => ({
        year: row['year'],
        export_price: row['export_price'],
        export_price_without: without[i]?.['export_price'],
        share_abroad_pct: percent(number(row['share_abroad'])),
        share_abroad_without_pct: percent(number(without[i]?.['share_abroad'])),
      })),
    ),
    makeTable<Row>(
      'competitors',
      'What the programme does to others',
      [
        { name: 'region', title: 'Region', type: 'text' },
        { name: 'year', title: 'Year', type: 'integer' },
        { name: 'real_final_use_change_pct', title: 'Change of real final use', unit: '%' },
      ],
      (isRecord(effect) ? Object.entries(effect) : []).map(([region, value]) => ({
        region,
        year: last,
        real_final_use_change_pct: value,
      })),
    ),
  ];
}

/** Technologies that an answer (linchpin.localize or linchpin.results) is about. */
export function technologiesIn(document: unknown): string[] {
  if (!isRecord(document)) return [];
  const plain = rowsOf(document['technologies']).map((row) => text(row['technology']));
  if (plain.length > 0) return plain;
  const table = sentTables(document).find(({ name }) => name === 'autonomy');
  const column = table?.columns.findIndex(({ name }) => name === 'technology') ?? -1;
  return [...new Set((table?.data[column] ?? []).map(String))];
}

function sentTables(document: Row): ResultTable[] {
  return rowsOf(document['tables']).flatMap((each) => parseTable(each as Json).table ?? []);
}

/** Tables of one technology: as sent, the rest made of plain members. */
export function tablesOf(document: unknown, technology: string): AutonomyTables {
  if (!isRecord(document)) return {};
  const draws = number(document['draws']) ?? 0;
  const rows = rowsOf(document['autonomy']).filter((row) => row['technology'] === technology);
  const made =
    rows.length === 0
      ? []
      : [
          curveTable(rows, draws),
          ...wordsTables(document, technology, draws),
          ...abroadTables(document, technology),
        ];
  const sent = sentTables(document)
    .filter(({ name }) => (AUTONOMY_TABLES as readonly string[]).includes(name))
    .flatMap((table) => pick(table, 'technology', technology) ?? []);
  return Object.fromEntries([...made, ...sent].map((table) => [table.name, table]));
}

/** Tables over draws, with the central path of another answer where they have none. */
export function withCentral(draws: AutonomyTables, central: AutonomyTables): AutonomyTables {
  const filled = Object.entries(draws).map(([name, table]) => {
    const other = central[name];
    const rows = table?.data[0]?.length ?? 0;
    if (table === undefined || other === undefined || (other.data[0]?.length ?? 0) !== rows)
      return [name, table] as const;
    const data = table.columns.map((column, c) => {
      const own = table.data[c] ?? [];
      if (own.some((cell) => cell !== null)) return own;
      return other.data[other.columns.findIndex((each) => each.name === column.name)] ?? own;
    });
    return [name, { ...table, data }] as const;
  });
  return { ...central, ...Object.fromEntries(filled) };
}

/** Curves of several answers as the table `presets`. */
export function presetTables(
  answers: readonly { preset: string; tables: AutonomyTables }[],
): AutonomyTables {
  const put = (name: string, of: string, title: string): ResultTable | null => {
    const first = answers[0]?.tables[of];
    if (first === undefined) return null;
    return {
      ...first,
      name,
      title,
      columns: [
        { name: 'preset', title: 'Preset', type: 'text', unit: null, description: '' },
        ...first.columns,
      ],
      data: [
        answers.flatMap(({ preset, tables }) => (tables[of]?.data[0] ?? []).map(() => preset)),
        ...first.columns.map((_, c) => answers.flatMap(({ tables }) => tables[of]?.data[c] ?? [])),
      ],
    };
  };
  const summary = makeTable<Row>(
    'preset_summary',
    'Presets',
    [
      { name: 'preset', title: 'Preset', type: 'text' },
      { name: 'manageable_year', title: 'Manageable from', type: 'integer' },
      { name: 'verdict', title: 'Verdict', type: 'text' },
      { name: 'hazard_pct', title: 'Pays above', unit: '% a year' },
    ],
    answers.map(({ preset, tables }) => {
      const cell = (table: string, column: string) => {
        const found = tables[table];
        const c = found?.columns.findIndex(({ name }) => name === column) ?? -1;
        return found?.data[c]?.[0] ?? null;
      };
      return {
        preset,
        manageable_year: cell('manageable', 'year'),
        verdict: cell('break_even', 'verdict'),
        hazard_pct: cell('break_even', 'hazard_pct'),
      };
    }),
  );
  const presets = put('presets', 'autonomy', 'Presets side by side');
  return presets === null ? {} : { presets, preset_summary: summary };
}
