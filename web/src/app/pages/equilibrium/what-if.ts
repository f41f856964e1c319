// SPDX-License-Identifier: Apache-2.0
// One ban or tariff between two regions, as the text of a trade scenario.
import type { TomlTable } from '../scenario/toml/types';
import { writeToml } from '../scenario/toml/write';

export type Policy = 'ban' | 'tariff';

export interface WhatIf {
  seller: string;
  buyer: string;
  /** A label of the world, "goods" or "*". */
  sector: string;
  policy: Policy;
  /** Per cent of the value at the border. */
  rate: number;
  /** The same from the buyer to the seller. */
  bothWays: boolean;
}

/** Highest tariff of the control; more is as good as a ban. */
export const MOST_RATE = 500;

/** The question as a scenario; the history shows its title. */
export function whatIfToml(
  { seller, buyer, sector, policy, rate, bothWays }: WhatIf,
  title = '',
): string {
  const one = (from: string, to: string): TomlTable =>
    policy === 'ban'
      ? { sellers: [from], buyers: [to], sectors: [sector] }
      : // Hundredths of a per cent: what is left of binary fractions would look odd in a file.
        { importers: [to], exporters: [from], sectors: [sector], rate: Math.round(rate * 100) / 1e4 };
  return writeToml({
    name: 'what-if',
    ...(title === '' ? {} : { title }),
    [policy]: [one(seller, buyer), ...(bothWays ? [one(buyer, seller)] : [])],
  });
}

/** What is asked, in a sentence without its point. */
export function whatIfWords(
  { seller, buyer, policy, rate, bothWays }: WhatIf,
  names: { region: (label: string) => string; sector: string },
): string {
  const from = names.region(seller);
  const to = names.region(buyer);
  if (policy === 'ban')
    return bothWays
      ? `${from} and ${to} no longer sell each other ${names.sector}`
      : `${from} no longer sells ${names.sector} to ${to}`;
  const tariff = `${Math.round(rate * 100) / 100}\u202f% on ${names.sector}`;
  return bothWays
    ? `${to} and ${from} levy ${tariff} from each other`
    : `${to} levies ${tariff} from ${from}`;
}
