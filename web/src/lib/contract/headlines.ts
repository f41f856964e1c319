// SPDX-License-Identifier: Apache-2.0
// Headlines by scenario, so that a reader of several never takes one for another.
import type { Headline } from './types';

export interface HeadlineGroup {
  /** Null: the sentences belong to no scenario. */
  scenario: string | null;
  /** Empty when there is only one scenario, which needs no heading. */
  title: string;
  texts: string[];
}

/** In order of first appearance; one group without a title unless there are several scenarios. */
export function groupHeadlines(headlines: readonly Headline[]): HeadlineGroup[] {
  const named = new Set(headlines.flatMap(({ scenario }) => scenario ?? []));
  if (named.size < 2)
    return headlines.length === 0
      ? []
      : [{ scenario: null, title: '', texts: headlines.map(({ text }) => text) }];
  const groups = new Map<string | null, HeadlineGroup>();
  for (const { text, scenario } of headlines) {
    const group = groups.get(scenario);
    if (group !== undefined) group.texts.push(text);
    else
      groups.set(scenario, {
        scenario,
        title: scenario === null ? 'Whatever the scenario' : `Scenario: ${scenario}`,
        texts: [text],
      });
  }
  return [...groups.values()];
}
