// SPDX-License-Identifier: Apache-2.0
// The tables of a study about days -> the view.
import {
  MEASURES,
  readLosses,
  readPaths,
  readRanges,
  type Measure,
  type Range,
} from '../../../lib/contract/losses';
import { findTable, ofScenario, TableReader } from '../../../lib/contract/tables';
import type { Results, ResultTable } from '../../../lib/contract/types';
import { readBand, readBracket } from '../../../lib/contract/uncertainty';
import { lossOf, type DayBand, type DisruptionView, type IndustryLoss, type Shortage } from './types';

function rowsOf<T>(table: ResultTable | null, read: (reader: TableReader, row: number) => T): T[] {
  if (table === null) return [];
  const reader = new TableReader(table);
  return reader.rows().map((row) => read(reader, row));
}

type Stock = DisruptionView['stocks'][number];

/** Without services, which nobody stocks for longer than a few days: no region ever holds more. */
function goodsOnly(stocks: readonly Stock[], results: Results): Stock[] {
  const option = results.origin.options.find(({ name }) => name.endsWith('inventory_days.services'));
  const few = typeof option?.value === 'number' ? option.value : 0;
  const goods = new Set(stocks.filter(({ days }) => days > few * 1.01).map(({ sector }) => sector));
  return goods.size === 0 ? [...stocks] : stocks.filter(({ sector }) => goods.has(sector));
}

/** Tables that a view is made of. */
export const DAY_TABLES = [
  'loss_by_region',
  'loss_over_time',
  'loss_by_industry',
  'range',
  'bands',
  'bracket',
  'swings',
  'shortages',
  'inventories',
] as const;

/** Scenarios that were run day by day. */
export function dailyScenarios(results: Results): string[] {
  const table = findTable(results, 'loss_by_region');
  return table === null ? [] : new TableReader(table).distinct('scenario');
}

export function ofStudy(results: Results, wished: string): DisruptionView | null {
  const all = dailyScenarios(results);
  const scenario = all.includes(wished) ? wished : (all[0] ?? null);
  if (scenario === null) return null;
  const table = (name: string) => ofScenario(findTable(results, name), scenario);
  const paths = readPaths(table('loss_over_time'));
  const byMeasure = (measure: Measure) =>
    new Map(paths.map((path) => [path.region, path.relative[measure].map(lossOf)]));
  const bandTable = table('bands');
  const bands = Object.fromEntries(
    MEASURES.flatMap((measure) => {
      const band = readBand(bandTable, measure);
      if (band === null) return [];
      const one: DayBand = {
        low: band.high.map(lossOf),
        mid: band.mid.map(lossOf),
        high: band.low.map(lossOf),
      };
      return [[measure, one]];
    }),
  ) as DisruptionView['bands'];
  const ranges = Object.fromEntries(
    MEASURES.map((measure) => [measure, readRanges(table('range'), measure)] as const).filter(
      ([, found]: readonly [Measure, Map<string, Range>]) => found.size > 0,
    ),
  ) as DisruptionView['ranges'];
  const bracket = readBracket(table('bracket'));
  const draws = results.origin.options.find(({ name }) => /(^|\.)(ensemble\.)?draws$/.test(name))?.value;
  return {
    scenario,
    scenarios: all,
    focus: results.focus,
    headlines: results.headlines
      .filter((line) => line.scenario === null || line.scenario === scenario)
      .map((line) => line.text),
    days: paths[0]?.days ?? [],
    regions: readLosses(table('loss_by_region')),
    paths: { output: byMeasure('output'), value_added: byMeasure('value_added'), final_use: byMeasure('final_use') },
    industries: rowsOf(table('loss_by_industry'), (reader, row): IndustryLoss => ({
      industry: reader.text('industry', row),
      percent: reader.number('output_loss_pct', row),
      output: reader.number('output_loss', row),
      valueAdded: reader.number('value_added_loss', row),
      unmet: reader.number('unmet_demand', row),
    })),
    // Read apart: it is longer than everything else together.
    output: new Map(),
    shortages: rowsOf(table('shortages'), (reader, row): Shortage => ({
      product: reader.text('product', row),
      industry: reader.text('industry', row),
      firstDay: reader.number('first_day', row) ?? 0,
      lowestDays: reader.number('lowest_inventory_days', row),
      lowestDay: reader.number('lowest_inventory_day', row),
    })),
    stocks: goodsOnly(
      rowsOf(table('inventories'), (reader, row) => ({
        region: reader.text('region', row),
        sector: reader.text('sector', row),
        days: reader.number('lowest_inventory_days', row) ?? Infinity,
      })).filter(({ days }) => Number.isFinite(days)),
      results,
    ),
    bandRegion:
      bandTable === null ? null : new TableReader(bandTable).distinct('region')[0] ?? results.focus,
    bands,
    ranges,
    rangeWords:
      Object.keys(ranges).length === 0
        ? ''
        : 'Whiskers reach over variants of the model in which no input runs short; arrows say how far the others reach. They are no probabilities.',
    bracket: bracket === null ? null : { ...bracket, assumptions: [] },
    movers: rowsOf(table('swings'), (reader, row) => ({
      parameter: reader.text('parameter', row),
      meaning: reader.text('meaning', row),
      low: reader.text('low', row),
      high: reader.text('high', row),
      atLow: reader.number('final_use_loss_pct_at_low', row),
      atHigh: reader.number('final_use_loss_pct_at_high', row),
      swing: reader.number('swing', row),
    })),
    ledger: '',
    draws: typeof draws === 'number' ? draws : 0,
    warnings: results.warnings,
  };
}
