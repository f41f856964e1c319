// SPDX-License-Identifier: Apache-2.0
// The few numbers shown large. They are chosen from the tables, never computed.
import { formatMoney } from '../format/money';
import { formatDay, formatPercent } from '../format/numbers';
import { largestFirst, readLosses, readRanges } from './losses';
import type { Names } from './names';
import { findTable, ofScenario, TableReader } from './tables';
import type { Results } from './types';

export interface KeyFigure {
  title: string;
  value: string;
  /** Whose number it is, and of what it is a share. */
  about: string;
  /** Range over model variants, when the results state one. */
  range: string;
}

function largestLoss(results: Results, names: Names, scenario: string): KeyFigure[] {
  const losses = readLosses(ofScenario(findTable(results, 'loss_by_region'), scenario));
  const rangeTable = ofScenario(findTable(results, 'range'), scenario);
  const figures: KeyFigure[] = [];

  const [worst] = largestFirst(losses, (row) => row.percent.output);
  if (worst !== undefined && worst.percent.output !== null) {
    const range = readRanges(rangeTable, 'output').get(worst.region);
    figures.push({
      title: 'Largest output loss',
      value: formatPercent(worst.percent.output),
      about: `${names.region(worst.region)}, % of its baseline output`,
      range:
        range === undefined || range.low === null || range.high === null
          ? ''
          : `${formatPercent(range.low)} to ${formatPercent(range.high)}`,
    });
  }
  const [costliest] = largestFirst(
    losses.filter((row) => row.region !== 'WORLD'),
    (row) => row.money.value_added,
  );
  if (costliest !== undefined && costliest.money.value_added !== null)
    figures.push({
      title: 'Largest loss of value added',
      value: formatMoney(costliest.money.value_added, results.origin.world.unit),
      about: `${names.region(costliest.region)}, ${formatPercent(costliest.percent.value_added)} of its baseline value added`,
      range: '',
    });
  // Who lost nothing has nothing to recover.
  if (worst !== undefined && (worst.percent.output ?? 0) > 0)
    figures.push({
      title: `Recovery of ${names.region(worst.region)}`,
      value: worst.recoveryDay === null ? 'not yet' : formatDay(worst.recoveryDay),
      about:
        worst.recoveryDay === null
          ? 'not recovered within the simulated days'
          : 'counted from the start of the scenario',
      range: '',
    });
  return figures;
}

function hardestHit(results: Results, names: Names, scenario: string): KeyFigure[] {
  const table = ofScenario(findTable(results, 'sectors_hit'), scenario);
  if (table === null) return [];
  const reader = new TableReader(table);
  const [row] = largestFirst(reader.rows(), (r) => -(reader.number('rank', r) ?? Infinity));
  if (row === undefined) return [];
  return [
    {
      title: 'Industry hit hardest',
      value: formatPercent(reader.number('output_loss_pct', row)),
      about: `${names.industry(reader.text('industry', row))}, % of its baseline output`,
      range: '',
    },
  ];
}

function firstShortage(results: Results, names: Names, scenario: string): KeyFigure[] {
  const table = ofScenario(findTable(results, 'shortages'), scenario);
  if (table === null) return [];
  const reader = new TableReader(table);
  const dated = reader.rows((r) => reader.number('first_day', r) !== null);
  const [row] = largestFirst(dated, (r) => -(reader.number('first_day', r) ?? 0));
  if (row === undefined) return [];
  return [
    {
      title: 'First shortage',
      value: formatDay(reader.number('first_day', row)),
      about: `${names.sector(reader.text('product', row))}, missing in ${names.industry(reader.text('industry', row))}`,
      range: '',
    },
  ];
}

export function keyFigures(results: Results, names: Names, scenario: string): KeyFigure[] {
  return [
    ...largestLoss(results, names, scenario),
    ...hardestHit(results, names, scenario),
    ...firstShortage(results, names, scenario),
  ];
}
