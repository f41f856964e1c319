// SPDX-License-Identifier: Apache-2.0
// Pictures to save of what is a table or a list on the page.
import { barsSvg, linesSvg } from '../../../lib/charts/list-svg';
import { matrixSvg } from '../../../lib/charts/matrix-svg';
import { mark, Pairs, powerSteps, shade, sides, tone } from '../../../lib/components/leverage/matrix';
import { payoffWords, pureProfile, samePlay, type Game, type Solved } from '../../../lib/contract/game';
import { POWER_WORDS, type LinkSet, type PowerMeasure, type PowerRow } from '../../../lib/contract/leverage';
import { formatPercent } from '../../../lib/format/numbers';
import { cssColour } from '../../lib/charts/colours';

/** The matrix of power. `all`: the rows that share the colours. */
export function powerPicture(
  rows: readonly PowerRow[],
  all: readonly PowerRow[],
  measure: PowerMeasure,
  name: (region: string) => string,
  background: string,
): string {
  const { senders, targets } = sides(rows);
  const pairs = new Pairs(rows);
  const steps = powerSteps(all, measure);
  const inks = { '': cssColour('--ink'), middle: '#000', inverse: cssColour('--surface') };
  return matrixSvg({
    title: `${POWER_WORDS[measure].name}: senders in rows, targets in columns`,
    rows: senders.map(name),
    columns: targets,
    cells: senders.map((sender) =>
      targets.map((target) => {
        const each = pairs.at(sender, target);
        if (each === undefined) return null;
        const variable = shade(each, measure, steps);
        return {
          text: mark(each, measure),
          fill: variable === null ? null : cssColour(variable),
          ink: inks[tone(variable)],
        };
      }),
    ),
    ink: cssColour('--ink'),
    background,
  });
}

/** Sets of links as bars with their names; `within`: the sets that share the scale. */
export function setsPicture(
  sets: readonly LinkSet[],
  within: readonly LinkSet[],
  title: string,
  name: (link: string) => string,
  background: string,
): string {
  return barsSvg({
    title,
    rows: sets.map((set) => ({
      label: set.links.map(name).join('; '),
      value: set.lossPct,
      low: set.low,
      high: set.high,
      written:
        set.low === null || set.high === null
          ? formatPercent(set.lossPct)
          : `${formatPercent(set.lossPct)} (${formatPercent(set.low)} to ${formatPercent(set.high)})`,
    })),
    most: within.reduce((top, set) => Math.max(top, set.lossPct ?? 0, set.high ?? 0), 1e-9),
    colours: { ink: cssColour('--ink'), bar: cssColour('--through'), background },
  });
}

/** A table of payoffs as a picture: a line for each play. */
export function payoffsPicture(
  game: Game,
  solved: Solved | null,
  name: (player: string) => string,
  background: string,
): string {
  const pure = (solved?.equilibria ?? [])
    .map(pureProfile)
    .filter((play): play is Record<string, string> => play !== null);
  return linesSvg({
    title: game.title === '' ? 'Payoffs' : game.title,
    lines: game.outcomes.flatMap(({ play, payoffs }) => [
      {
        strong: true,
        text:
          Object.entries(play)
            .map(([player, action]) => `${name(player)}: ${action}`)
            .join('; ') + (pure.some((each) => samePlay(each, play)) ? '  ★ equilibrium' : ''),
      },
      ...Object.entries(payoffs).map(([player, payoff]) => ({
        strong: false,
        text: `${name(player)} ${payoffWords(payoff, game.unit)}`,
      })),
    ]),
    ink: cssColour('--ink'),
    background,
  });
}
