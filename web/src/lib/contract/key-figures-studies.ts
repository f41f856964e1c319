// SPDX-License-Identifier: Apache-2.0
// The few numbers shown large of studies of autonomy and leverage.
import { formatChosenPercent, formatPercent, formatShare } from '../format/numbers';
import { readCurve, readManageable, type Course } from './autonomy';
import { technologyName } from './autonomy-words';
import type { KeyFigure } from './key-figures';
import { powerOfTable, setsOfTable } from './leverage';
import type { Names } from './names';
import { findTable, pick, TableReader } from './tables';
import { partyName, readBargains, readFrontiers, readSignals } from './threats';
import type { Results } from './types';

function at(course: Course, i: number): { value: number | null; range: string } {
  // The median where draws were made, as the headlines have it.
  const value = course.mid[i] ?? course.central[i] ?? null;
  const low = course.low[i] ?? null;
  const high = course.high[i] ?? null;
  return {
    value,
    range:
      low === null || high === null || low === high
        ? ''
        : `Nine in ten draws: ${formatPercent(low)} to ${formatPercent(high)}.`,
  };
}

/** Of every technology when a cut-off is manageable, and of the first what it costs first and last. */
export function autonomyFigures(results: Results, names: Names): KeyFigure[] {
  const table = findTable(results, 'autonomy');
  if (table === null) return [];
  const figures: KeyFigure[] = [];
  const technologies = new TableReader(table).distinct('technology');
  for (const [n, technology] of technologies.entries()) {
    const of = (name: string) => pick(findTable(results, name), 'technology', technology) ?? undefined;
    const tables = { autonomy: of('autonomy'), manageable: of('manageable') };
    const curve = readCurve(tables);
    const manageable = readManageable(tables);
    if (curve === null) continue;
    const region = names.region(curve.region);
    if (n === 0)
      for (const i of [0, curve.years.length - 1]) {
        const { value, range } = at(curve.courses.cutoff_loss_pct, i);
        figures.push({
          title: `Cut-off in ${curve.years[i] ?? ''}`,
          value: formatPercent(value),
          about: `of the real final use of ${region}, with the programme (${technologyName(technology)})`,
          range,
        });
      }
    const odds =
      manageable?.probabilityPct == null
        ? ''
        : `; in ${formatPercent(manageable.probabilityPct, 0)} of the draws by ${curve.years.at(-1) ?? 'the end'}`;
    const year = manageable?.probabilityPct == null ? (manageable?.year ?? null) : manageable.mid;
    if (manageable !== null)
      figures.push({
        title: 'Manageable from',
        value: year === null ? 'not within the study' : String(year),
        about: `a cut-off costs ${region} less than ${formatChosenPercent(manageable.thresholdPct)} (${technologyName(technology)})${odds}`,
        range: '',
      });
  }
  return figures.slice(0, 5);
}

/** The strongest power in the last world, and the worst set of links of each target. */
export function leverageFigures(results: Results, names: Names): KeyFigure[] {
  const figures: KeyFigure[] = [];
  const power = powerOfTable(findTable(results, 'power'));
  const last = power.at(-1)?.when ?? '';
  const strongest = power
    .filter((row) => row.when === last && row.settled !== null)
    .sort((a, b) => (b.settled ?? 0) - (a.settled ?? 0))[0];
  if (strongest !== undefined)
    figures.push({
      title: 'Most power over another',
      value: formatPercent(strongest.settled),
      about: `lost by ${names.region(strongest.target)} if ${strongest.sender
        .split('+')
        .map((each) => names.region(each))
        .join(' and ')} stopped selling to it${last === '' ? '' : ` (${last})`}`,
      range: '',
    });
  const table = findTable(results, 'chokepoints');
  for (const target of table === null ? [] : new TableReader(table).distinct('target').slice(0, 3)) {
    const worst = setsOfTable(table, target, 'settled')[0];
    if (worst === undefined) continue;
    figures.push({
      title: `Worst chokepoints of ${names.region(target)}`,
      value: formatPercent(worst.lossPct),
      about: `lost without ${worst.links.map((link) => (link.includes(':') ? names.industry(link) : names.sector(link))).join('; ')}`,
      range:
        worst.low === null || worst.high === null
          ? ''
          : `Nine in ten draws: ${formatPercent(worst.low)} to ${formatPercent(worst.high)}.`,
    });
  }
  return [...figures, ...threatFigures(results, names)];
}

/** What a break costs, what a signal costs, what half of an exposure costs: one of each. */
function threatFigures(results: Results, names: Names): KeyFigure[] {
  const tables = Object.fromEntries(results.tables.map((table) => [table.name, table]));
  const name = partyName(names);
  const bargain = readBargains(tables).find(({ transfer }) => transfer.mid !== null);
  const signal = readSignals(tables).find(({ cost }) => cost !== null);
  const frontier = readFrontiers(tables)[0];
  const half = frontier?.points.find(({ removed }) => (removed ?? 0) >= 0.5);
  return [
    ...(bargain === undefined
      ? []
      : [
          {
            title: 'Cost of a break',
            value: formatPercent(bargain.first.loss.mid),
            about: `of the real final spending of ${name(bargain.first.party)}, and ${formatPercent(bargain.second.loss.mid)} of that of ${name(bargain.second.party)}`,
            range:
              bargain.first.loss.low === null || bargain.first.loss.high === null
                ? ''
                : `Nine in ten draws: ${formatPercent(bargain.first.loss.low)} to ${formatPercent(bargain.first.loss.high)}.`,
          },
        ]),
    ...(signal === undefined
      ? []
      : [
          {
            title: 'Cheapest credible signal',
            value: formatPercent(signal.cost),
            about: `a year, of the real final spending of ${name(signal.target)}, to show that it needs ${name(signal.sender)} less`,
            range: '',
          },
        ]),
    ...(frontier === undefined || half === undefined || half.removed === null
      ? []
      : [
          {
            title: 'Less exposure',
            value: formatPercent(half.cost),
            about: `dearer living in ${name(frontier.buyer)} to remove ${formatShare(half.removed)} of its exposure to ${name(frontier.rivals)}`,
            range: '',
          },
        ]),
  ];
}
