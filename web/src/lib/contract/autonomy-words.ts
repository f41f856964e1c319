// SPDX-License-Identifier: Apache-2.0
// What the numbers of a study of autonomy say, in sentences.
import { formatChosenPercent, formatNumber, formatPercent } from '../format/numbers';
import type { BreakEven, Manageable, PlanRow, PresetSummary, SubsidyTest } from './autonomy';

const round = (percent: number) => formatPercent(percent, Math.abs(percent) < 10 && percent !== 0 ? 1 : 0);

/** When a cut-off stops being dangerous. `by` is the last year of the study. */
export function manageableWords(found: Manageable, by: number | null): string[] {
  const threshold = formatChosenPercent(found.thresholdPct);
  const end = by === null ? 'the end of the study' : String(by);
  const central =
    found.year === null
      ? `Under the central assumptions a cut-off does not become manageable by ${end}: it never stays below ${threshold} of real final use.`
      : `Under the central assumptions a cut-off is manageable from ${found.year} on: it costs less than ${threshold} of real final use, and stays there.`;
  const why = thresholdWords(found);
  if (found.probabilityPct === null) return [central, ...why];
  const odds =
    found.probabilityPct === 0
      ? `In none of the draws is it manageable by ${end}.`
      : `In ${round(found.probabilityPct)} of the draws it is manageable by ${end}` +
        (found.mid === null ? '.' : `, in half of them from ${found.mid} on.`);
  return [central, odds, ...why];
}

/** Which threshold, and why: each technology has its own. */
function thresholdWords({ thresholdPct, note = '', marketPct = null }: Manageable): string[] {
  if (note === '' && marketPct === null) return [];
  const of =
    marketPct === null || thresholdPct === null || marketPct <= 0
      ? ''
      : `, ${round((100 * thresholdPct) / marketPct)} of what the technology is of final use`;
  return [`Threshold: ${formatChosenPercent(thresholdPct)}${of}${note === '' ? '' : ` (${note})`}.`];
}

const NEVER = 'Seen as an insurance, the programme never pays: even a cut-off that is sure to come would cost less than the programme does.';
const ALWAYS = 'The programme pays without any cut-off: it raises real final use by itself.';

/** Verdicts are words of the document; unknown ones are shown as they are. */
export function insuranceWords(found: BreakEven): string[] {
  const central =
    found.verdict === 'never'
      ? NEVER
      : found.verdict === 'pays without any cut-off'
        ? ALWAYS
        : found.hazardPct !== null
          ? `Seen as an insurance, the programme pays if a cut-off is likelier than ${round(found.hazardPct)} a year.`
          : `Seen as an insurance: ${found.verdict === '' ? 'no verdict' : found.verdict}.`;
  const { neverPct: never, withoutCutOffPct: without } = found;
  if (never === null || without === null) return [central];
  const between = Math.max(0, 100 - never - without);
  return [
    central,
    `Over the draws it pays without any cut-off in ${round(without)}, above some likelihood in ${round(between)}` +
      (found.mid !== null && found.mid > 0 ? ` (median ${round(found.mid)} a year)` : '') +
      `, and never in ${round(never)}.`,
  ];
}

/** Is it only subsidy? A sentence for each year in which subsidies may end. */
export function subsidyWords(test: SubsidyTest): string[] {
  const { share } = test;
  if (share.ended === null || share.full === null || share.without === null) return [];
  const what = test.ends === 'all' ? 'the whole programme ends' : 'subsidies end';
  const compared =
    `If ${what} in ${test.until ?? 'the last year'}, ${formatPercent(share.ended)} is made at home in the last year ` +
    `(${formatPercent(share.full)} if nothing ends, ${formatPercent(share.without)} without the programme)`;
  const stands =
    test.gainStandsPct === null
      ? ''
      : test.gainStandsPct >= 99.95
        ? ': the whole gain stands'
        : test.gainStandsPct <= 0
          ? ': nothing of the gain stands, it is only subsidy'
          : `: ${round(test.gainStandsPct)} of the gain stands, the rest is only subsidy`;
  const loss =
    test.lossCutStandsPct === null
      ? ''
      : `; of what the programme takes off the loss in a cut-off, ${round(test.lossCutStandsPct)} stands`;
  return [`${compared}${stands}${loss}.`];
}

/** The tests of Mill and Bastable, which do not depend on when subsidies end. */
export function infantWords(test: SubsidyTest): string[] {
  const mill =
    test.millYear === null
      ? 'Mill’s test fails: within the study makers at home do not come to stand on their own.'
      : `Mill’s test holds: makers at home stand on their own from ${test.millYear} on.`;
  if (test.bastable === null) return [mill];
  return [
    mill,
    test.bastable > 0
      ? 'Bastable’s test holds: what is gained later outweighs what it costs first.'
      : 'Bastable’s test fails: what is gained later does not outweigh what it costs first.',
  ];
}

export { technologyName } from './technology-names';

const PLAN_NAMES: Record<string, string> = {
  none: 'No programme',
  yours: 'The plan of the study',
  optimal: 'The best programme found',
};

export const planName = (plan: string) => PLAN_NAMES[plan] ?? plan;

export function planWords(plans: readonly PlanRow[]): string[] {
  const of = (plan: string) => plans.find((row) => row.plan === plan);
  const yours = of('yours');
  const best = of('optimal');
  const none = of('none');
  const words: string[] = [];
  if (yours?.total != null && best?.total != null)
    words.push(
      `The plan costs ${formatPercent(yours.total)} of a year’s real final use, expected losses included; ` +
        `the best programme found under the same budget ${formatPercent(best.total)}` +
        (none?.total == null ? '.' : `, no programme at all ${formatPercent(none.total)}.`),
    );
  if (best?.shadowPrice != null)
    words.push(
      best.shadowPrice === 0
        ? 'The budget does not bind: more of it would not help.'
        : `One more unit of budget would save ${formatNumber(best.shadowPrice)} % of a year’s real final use.`,
    );
  return words;
}

const PRESET_NAMES: Record<string, string> = {
  sceptic: 'Sceptic',
  central: 'Central',
  optimist: 'Optimist',
};

export const presetName = (preset: string) => PRESET_NAMES[preset] ?? preset;

const PRESET_TITLES: Record<string, string> = {
  sceptic: 'The sceptic’s numbers',
  central: 'Central numbers',
  optimist: 'The optimist’s numbers',
};

export const presetTitle = (preset: string) => PRESET_TITLES[preset] ?? preset;

export function presetWords(row: PresetSummary): string {
  const when =
    row.manageableYear === null
      ? 'never manageable within the study'
      : `manageable from ${row.manageableYear} on`;
  const worth =
    row.verdict === 'never'
      ? 'the programme never pays'
      : row.verdict === 'pays without any cut-off'
        ? 'the programme pays without any cut-off'
        : row.hazardPct === null
          ? row.verdict
          : `the programme pays above ${round(row.hazardPct)} a year`;
  return worth === '' ? `${when}.` : `${when}; ${worth}.`;
}
