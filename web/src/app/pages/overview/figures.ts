// SPDX-License-Identifier: Apache-2.0
import type { KeyFigure } from '../../../lib/contract/key-figures';
import { formatMoney } from '../../../lib/format/money';
import { formatPercent, formatShare } from '../../../lib/format/numbers';
import { ranked, valuesOf, type Frame } from './measures';

/** The whole world, and who stands at the ends. `first` is the earliest year of the series. */
export function keyFiguresOf(frame: Frame, first: Frame): KeyFigure[] {
  const { world } = frame;
  const name = (region: string) => world.names.region(region);
  const foreign = ranked(valuesOf(frame, 'foreign', ''));
  const economies = ranked(valuesOf(frame, 'gdp', ''));
  const most = foreign[0];
  const least = foreign.at(-1);
  const largest = economies[0];
  const output = (region: string) => world.totals.regions[region]?.gross_output ?? 0;
  const abroad =
    foreign.reduce((sum, { region, value }) => sum + value * output(region), 0) /
    (world.totals.gross_output || 1);
  const figures: KeyFigure[] = [
    {
      title: 'Value added in the world',
      value: formatMoney(world.totals.value_added, world.unit),
      about:
        first === frame
          ? 'a year, current prices'
          : `a year, current prices; ${formatMoney(first.world.totals.value_added, first.world.unit)} in ${first.name}`,
      range: '',
    },
    {
      title: 'Foreign value in the world’s output',
      value: formatPercent(abroad),
      about: 'mean over regions, weighted by output: value added in another region than the maker’s',
      range: '',
    },
  ];
  if (largest !== undefined)
    figures.push({
      title: 'Largest economy',
      value: formatShare(largest.value / world.totals.value_added),
      about: `${name(largest.region)}, of the world’s value added`,
      range: '',
    });
  if (most !== undefined && least !== undefined && most !== least)
    figures.push(
      {
        title: 'Most open to others',
        value: formatPercent(most.value),
        about: `${name(most.region)}, foreign value in its output`,
        range: '',
      },
      {
        title: 'Least open to others',
        value: formatPercent(least.value),
        about: `${name(least.region)}, foreign value in its output`,
        range: '',
      },
    );
  return figures;
}
