// SPDX-License-Identifier: Apache-2.0
// What stands in the cells of the matrix of power: numbers, marks, colours.
import { cellPower, formatPower, partiesOf, type PowerMeasure, type PowerRow } from '../../contract/leverage';
import { sequentialSteps } from '../../geo/classes';
import { colourSteps, stepOf, type Step } from '../../geo/scale';

export function powerSteps(rows: readonly PowerRow[], measure: PowerMeasure): Step[] {
  const values = rows.flatMap((row) => row[measure] ?? []);
  return measure === 'ratio' ? sequentialSteps(values, 'growing') : colourSteps(values);
}

/** Targets in the order of the senders, so that a region and itself stand on the diagonal. */
export function sides(rows: readonly PowerRow[]): { senders: string[]; targets: string[] } {
  const senders = partiesOf(rows, 'sender');
  const found = partiesOf(rows, 'target');
  const ordered = senders.filter((region) => found.includes(region));
  return { senders, targets: [...ordered, ...found.filter((region) => !ordered.includes(region))] };
}

/** By sender and target. */
export class Pairs {
  readonly #rows: Map<string, PowerRow>;
  constructor(rows: readonly PowerRow[]) {
    this.#rows = new Map(rows.map((row) => [JSON.stringify([row.sender, row.target]), row]));
  }
  at(sender: string | undefined, target: string | undefined): PowerRow | undefined {
    return this.#rows.get(JSON.stringify([sender, target]));
  }
}

/** A number, or a mark where there is none: never a colour for what is infinite. */
export function mark(row: PowerRow, measure: PowerMeasure): string {
  if (!row.trade) return '·';
  const value = row[measure];
  const sign = row.monopoly.length > 0 ? '▲' : '';
  if (value !== null) return `${sign}${cellPower(value)}`;
  return measure === 'ratio' && row.costless ? '○' : sign === '' ? '–' : sign;
}

/** " (0.1 % to 0.3 % over draws)" */
export function bandWords(row: PowerRow, measure: PowerMeasure): string {
  const band = row.bands?.[measure];
  return band?.low == null || band.high == null
    ? ''
    : ` (${formatPower(measure, band.low)} to ${formatPower(measure, band.high)} over draws)`;
}

export function pairWords(row: PowerRow, measure: PowerMeasure, name: (region: string) => string): string {
  const value = row[measure];
  const parts = [
    value === null ? 'no number' : formatPower(measure, value) + bandWords(row, measure),
    row.trade ? '' : 'buys nothing from it',
    row.costless ? 'costless for the sender' : '',
    row.monopoly.length > 0 ? `cannot have elsewhere: ${row.monopoly.join(', ')}; a lower bound` : '',
  ].filter(Boolean);
  return `${name(row.sender)} over ${name(row.target)}: ${parts.join('; ')}`;
}

/** Variable of the colour of a cell; null where there is no number. */
export function shade(row: PowerRow, measure: PowerMeasure, steps: readonly Step[]): string | null {
  const value = row[measure];
  return value === null || !row.trade ? null : (stepOf(value, steps)?.variable ?? null);
}

/** Which ink is read on a class: the page's, black, or the ground's. */
export function tone(variable: string | null): '' | 'middle' | 'inverse' {
  const at = Number(variable?.slice(-1) ?? 0);
  // Gains have three shades, all others six.
  const depth = variable?.includes('gain') === true ? at + 1 : at;
  return depth >= 4 ? 'inverse' : depth === 3 ? 'middle' : '';
}

/** The last year before tables that do not compare: of other sectors, or estimates (named with an e). */
export function estimateJoin(rows: readonly PowerRow[]): number | null {
  const years = new Map<number, boolean>();
  const marked = rows.some(({ compares }) => compares === false);
  for (const { when, world, compares } of rows)
    if (Number.isFinite(Number(when)) && when !== '')
      years.set(Number(when), marked ? compares === false : /\d{4}e(-|$)/.test(world ?? ''));
  const before = [...years].flatMap(([year, apart]) => (apart ? [] : [year]));
  if (before.length === 0 || before.length === years.size) return null;
  const last = before.reduce((a, b) => Math.max(a, b));
  return [...years.keys()].some((year) => year > last) ? last : null;
}

/** "Tables of 34 sectors up to 2011; dashed: …" */
export function joinWords(rows: readonly PowerRow[], join: number, last: number): string {
  const of = (year: number) => rows.find(({ when }) => Number(when) === year);
  const [before, after] = [of(join), of(last)];
  const estimated = /\d{4}e(-|$)/.test(after?.world ?? '') ? 'the estimate' : 'the table';
  const sectors = (row: PowerRow | undefined) => (row?.sectors == null ? '' : ` of ${row.sectors} sectors`);
  const differ = before?.sectors != null && after?.sectors != null && before.sectors !== after.sectors;
  return (
    `Published tables${differ ? sectors(before) : ''} up to ${join}; dashed: from there to ${estimated}${differ ? sectors(after) : ''} for ${last}. ` +
    'Nothing is known of the years between.'
  );
}
