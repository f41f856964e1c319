// SPDX-License-Identifier: Apache-2.0
// Which numbers of a run stand for it in a comparison.
import { readBreakEven, readCurve, readManageable, type AutonomyTables } from '../../../../lib/contract/autonomy';
import type { LinkSet, PowerMeasure, PowerRow } from '../../../../lib/contract/leverage';
import { MEASURES, MEASURE_NAMES } from '../../../../lib/contract/losses';
import type { Names } from '../../../../lib/contract/names';
import type { DisruptionView } from '../../disruption/types';
import { byLoss, loss } from '../../equilibrium/charts';
import type { EquilibriumView } from '../../equilibrium/view';
import type { Defence } from '../../leverage/tables';
import type { KeyNumber } from './key-numbers';

const WORLD = 'WORLD';

export function dayNumbers(names: Names): KeyNumber<DisruptionView>[] {
  const hit = (view: DisruptionView) =>
    view.regions
      .filter(({ region, percent }) => region !== WORLD && percent.output !== null)
      .sort((a, b) => (b.percent.output ?? 0) - (a.percent.output ?? 0))[0];
  return [
    ...MEASURES.map(
      (measure): KeyNumber<DisruptionView> => ({
        name: `world_${measure}`,
        title: `World: loss of ${MEASURE_NAMES[measure].toLowerCase()}`,
        unit: '%',
        of: (view) => view.regions.find(({ region }) => region === WORLD)?.percent[measure] ?? null,
      }),
    ),
    { name: 'hit', title: 'Hit hardest (output)', type: 'text', of: (view) => names.region(hit(view)?.region ?? '') },
    { name: 'hit_loss', title: 'Its loss of output', unit: '%', of: (view) => hit(view)?.percent.output ?? null },
    {
      name: 'first_shortage_day',
      title: 'First input runs short on day',
      type: 'integer',
      of: (view) => view.shortages.reduce<number | null>((day, row) => Math.min(day ?? Infinity, row.firstDay), null),
    },
    { name: 'shortages', title: 'Inputs that run short', type: 'integer', of: (view) => view.shortages.length },
    { name: 'days', title: 'Days simulated', type: 'integer', of: (view) => view.days.length },
  ];
}

export function tradeNumbers(names: Names, region: string): KeyNumber<EquilibriumView>[] {
  const of = (view: EquilibriumView) => view.regions.find((row) => row.region === region);
  const name = names.region(region);
  return [
    { name: 'world_welfare', title: 'World: loss of welfare', unit: '%', of: (view) => loss(view.world?.welfare ?? null) },
    { name: 'hit', title: 'Hit hardest', type: 'text', of: (view) => names.region(byLoss(view.regions)[0]?.region ?? '') },
    { name: 'hit_loss', title: 'Its loss of welfare', unit: '%', of: (view) => loss(byLoss(view.regions)[0]?.welfare ?? null) },
    { name: 'welfare', title: `${name}: loss of welfare`, unit: '%', of: (view) => loss(of(view)?.welfare ?? null) },
    { name: 'real_wage', title: `${name}: loss of real wages`, unit: '%', of: (view) => loss(of(view)?.realWage ?? null) },
    { name: 'imports', title: `${name}: change of imports`, unit: '%', of: (view) => of(view)?.imports ?? null },
  ];
}

export function autonomyNumbers(): KeyNumber<AutonomyTables>[] {
  const last = (quantity: 'domestic_share_pct' | 'cutoff_loss_pct' | 'programme_cost_pct') => (tables: AutonomyTables) => {
    const curve = readCurve(tables);
    if (curve === null) return null;
    const course = curve.courses[quantity];
    return course.central.at(-1) ?? course.mid.at(-1) ?? null;
  };
  const number = (name: string, title: string, unit: string, of: KeyNumber<AutonomyTables>['of']) => ({ name, title, unit, of });
  return [
    { name: 'manageable_year', title: 'A cut-off is manageable from', type: 'integer', of: (tables) => readManageable(tables)?.year ?? readManageable(tables)?.mid ?? null },
    { name: 'early_year', title: '5 % of draws by', type: 'integer', of: (tables) => readManageable(tables)?.early ?? null },
    { name: 'late_year', title: '95 % of draws by', type: 'integer', of: (tables) => readManageable(tables)?.late ?? null },
    number('threshold', 'Manageable below a loss of', '%', (tables) => readManageable(tables)?.thresholdPct ?? null),
    number('share', 'Made at home in the last year', '%', last('domestic_share_pct')),
    number('loss', 'Loss in a cut-off in the last year', '%', last('cutoff_loss_pct')),
    number('cost', 'Cost of the programme in the last year', '%', last('programme_cost_pct')),
    number('hazard', 'Pays above a likelihood of', '% a year', (tables) => readBreakEven(tables)?.hazardPct ?? readBreakEven(tables)?.mid ?? null),
    { name: 'verdict', title: 'As an insurance', type: 'text', of: (tables) => readBreakEven(tables)?.verdict ?? null },
  ];
}

export function powerNumbers(measure: PowerMeasure, name: (region: string) => string): KeyNumber<readonly PowerRow[]>[] {
  const top = (rows: readonly PowerRow[]) =>
    rows.filter((row) => row[measure] !== null).sort((a, b) => (b[measure] ?? 0) - (a[measure] ?? 0))[0];
  const unit = measure === 'ratio' ? 'times' : '%';
  return [
    {
      name: 'pair',
      title: 'Strongest pair',
      type: 'text',
      of: (rows) => {
        const row = top(rows);
        return row === undefined ? '' : `${name(row.sender)} over ${name(row.target)}`;
      },
    },
    { name: 'strongest', title: 'Its number', unit, of: (rows) => top(rows)?.[measure] ?? null },
    {
      name: 'mean',
      title: 'Mean of all pairs',
      unit,
      of: (rows) => {
        const values = rows.flatMap((row) => row[measure] ?? []);
        return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
      },
    },
    { name: 'pairs', title: 'Pairs with a number', type: 'integer', of: (rows) => rows.filter((row) => row[measure] !== null).length },
  ];
}

export function chokepointNumbers(): KeyNumber<{ sets: readonly LinkSet[] }>[] {
  const lowest = (sets: readonly LinkSet[]) => sets[0]?.senders.reduce<number | null>((most, { lossPct }) => Math.max(most ?? -Infinity, lossPct ?? -Infinity), null) ?? null;
  return [
    { name: 'loss', title: 'Loss by the worst set', unit: '%', of: ({ sets }) => sets[0]?.lossPct ?? null },
    { name: 'low', title: '5 % of draws', unit: '%', of: ({ sets }) => sets[0]?.low ?? null },
    { name: 'high', title: '95 % of draws', unit: '%', of: ({ sets }) => sets[0]?.high ?? null },
    { name: 'links', title: 'Links in it', type: 'integer', of: ({ sets }) => sets[0]?.links.length ?? null },
    { name: 'senders_loss', title: 'Largest loss of a sender', unit: '%', of: ({ sets }) => lowest(sets) },
  ];
}

export function defenceNumbers(): KeyNumber<Defence>[] {
  return [
    { name: 'undefended', title: 'Worst loss before', unit: '%', of: (defence) => defence.undefended.lossPct },
    { name: 'left', title: 'Worst loss left', unit: '%', of: (defence) => defence.best?.lossPct ?? null },
    { name: 'cost', title: 'Purchases moved', unit: '%', of: (defence) => defence.best?.costPct ?? null },
    { name: 'measures', title: 'Measures', type: 'integer', of: (defence) => defence.best?.measures.length ?? null },
  ];
}
