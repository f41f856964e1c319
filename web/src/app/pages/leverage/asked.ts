// SPDX-License-Identifier: Apache-2.0
// Requests of runs that are opened: what controls can hold, and what else had been asked, which goes
// along when the question is asked again.

export type Asked = Record<string, unknown>;

/** Parts of a request that no control holds. */
export function othersOf(body: Asked, shows: (name: string, value: unknown) => boolean): Asked {
  return Object.fromEntries(
    Object.entries(body).filter(([name, value]) => name !== 'world' && value !== null && !shows(name, value)),
  );
}

function words(value: unknown): string {
  if (Array.isArray(value)) return value.map(words).join(', ');
  if (typeof value === 'string') return value.includes('\n') ? 'a text' : value;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** "sectors C26, C27; horizon 5" */
export function othersWords(others: Asked): string {
  return Object.entries(others)
    .map(([name, value]) => `${name.replaceAll('_', ' ')} ${words(value)}`)
    .join('; ');
}

/** Regions that act together, as one choice: joined by a plus. */
export function partyIn(value: unknown, otherwise: string): string {
  return Array.isArray(value) && value.length > 0 ? value.map(String).join('+') : otherwise;
}

export function membersOf(party: string): string[] {
  return party.split('+');
}

/** Choices for a party: every region, and a group that had been asked about. */
export function partyOptions(
  regions: readonly { label: string; name: string }[],
  name: (party: string) => string,
  chosen: string,
): { value: string; text: string }[] {
  const options = regions.map((each) => ({ value: each.label, text: each.name }));
  return options.some(({ value }) => value === chosen)
    ? options
    : [...options, { value: chosen, text: name(chosen) }];
}

/** The largest other region, or the one wanted where the world has it. */
export function otherSide(
  regions: readonly { label: string }[],
  own: string,
  wanted: string,
): string {
  const labels = regions.map(({ label }) => label).filter((label) => label !== own);
  return labels.includes(wanted) ? wanted : (labels[0] ?? own);
}
