// SPDX-License-Identifier: Apache-2.0
// What the documents of runs say about regions, in one form for maps and comparisons: losses are
// positive, gains negative, in percent.
import { MEASURES, MEASURE_NAMES, readLosses } from '../../lib/contract/losses';
import { readResults } from '../../lib/contract/parse';
import { readSettled } from '../../lib/contract/settles';
import { findTable, ofScenario, scenarios } from '../../lib/contract/tables';

export interface RegionMeasure {
  /** Stable over runs, so that two runs can be compared by it. */
  key: string;
  /** "Loss of output" */
  title: string;
  /** Of what it is a percentage, and over which time. */
  about: string;
  /** Empty unless the run holds several. */
  scenario: string;
  values: Map<string, number | null>;
}

type Row = Record<string, unknown>;

function isRecord(value: unknown): value is Row {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const WORLD = 'WORLD';
const number = (value: unknown) => (typeof value === 'number' ? value : null);
const rowsOf = (value: unknown) => (Array.isArray(value) ? value.filter(isRecord) : []) as Row[];

const LOSS_KEYS = {
  output: 'output_loss_pct',
  value_added: 'value_added_loss_pct',
  final_use: 'final_use_loss_pct',
} as const;

function ofDisrupt(document: Row): RegionMeasure[] {
  const rows = rowsOf(document['regions']);
  const world = isRecord(document['world']) ? [{ region: WORLD, ...document['world'] }] : [];
  return MEASURES.map((measure) => ({
    key: measure,
    title: `Loss of ${MEASURE_NAMES[measure].toLowerCase()}`,
    about: '% of its baseline over the simulated days',
    scenario: '',
    values: new Map(
      [...rows, ...world].map((row: Row) => [String(row['region']), number(row[LOSS_KEYS[measure]])]),
    ),
  }));
}

function ofEquilibrium(document: Row): RegionMeasure[] {
  const rows = rowsOf(document['regions']);
  if (rows.length === 0) return [];
  const world = isRecord(document['world']) ? [{ region: WORLD, ...document['world'] }] : [];
  const loss = (value: number | null) => (value === null ? null : -value);
  const sound = (row: Row, name: string) => (row['outlier'] === true ? null : number(row[name]));
  return [
    {
      key: 'welfare',
      title: 'Loss of welfare',
      about: '% of what final spending buys in the base',
      scenario: '',
      values: new Map(
        [...rows, ...world].map((row: Row) => [
          String(row['region']),
          loss(sound(row, 'welfare_exact_pct')),
        ]),
      ),
    },
    {
      key: 'real_wage',
      title: 'Loss of real wages',
      about: '% of the base',
      scenario: '',
      values: new Map(
        rows.map((row) => [String(row['region']), loss(sound(row, 'real_wage_pct'))]),
      ),
    },
  ];
}

function ofStudy(document: Row): RegionMeasure[] {
  const parsed = readResults(document as never);
  if (!parsed.ok) return [];
  const all = scenarios(parsed.results);
  return (all.length === 0 ? [''] : all).flatMap((scenario) => {
    const named = all.length > 1 ? scenario : '';
    const losses = readLosses(ofScenario(findTable(parsed.results, 'loss_by_region'), scenario));
    const settled = readSettled(
      ofScenario(findTable(parsed.results, 'equilibrium_regions'), scenario),
    );
    const daily = MEASURES.map((measure) => ({
      key: measure,
      title: `Loss of ${MEASURE_NAMES[measure].toLowerCase()}`,
      about: '% of its baseline over the simulated days',
      scenario: named,
      values: new Map(losses.map((row) => [row.region, row.percent[measure]])),
    }));
    return [
      ...(losses.length === 0 ? [] : daily),
      ...(settled.length === 0
        ? []
        : [
            {
              key: 'welfare',
              title: 'Loss of welfare',
              about: '% of what final spending buys in the base',
              scenario: named,
              values: new Map(
                settled.map((row) => [row.region, row.welfare === null ? null : -row.welfare]),
              ),
            },
          ]),
    ];
  });
}

/** All measures by region that a document of a run holds; none for other documents. */
export function regionMeasures(document: unknown): RegionMeasure[] {
  if (!isRecord(document) || !isRecord(document['schema'])) return [];
  switch (document['schema']['name']) {
    case 'linchpin.disrupt':
      return ofDisrupt(document);
    case 'linchpin.equilibrium':
      return ofEquilibrium(document);
    case 'linchpin.results':
      return ofStudy(document);
    default:
      return [];
  }
}
