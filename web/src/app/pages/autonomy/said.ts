// SPDX-License-Identifier: Apache-2.0
// Sentences of an answer: headlines and notes, of one technology or of the whole study.
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const texts = (value: unknown): string[] =>
  Array.isArray(value)
    ? value.flatMap((each) =>
        typeof each === 'string'
          ? [each]
          : isRecord(each) && typeof each['text'] === 'string'
            ? [each['text']]
            : [],
      )
    : [];

export function readSaid(
  document: unknown,
  technology: string,
): { headlines: string[]; notes: string[] } {
  if (!isRecord(document)) return { headlines: [], notes: [] };
  const list: unknown[] = Array.isArray(document['technologies']) ? document['technologies'] : [];
  const own = list.find((each) => isRecord(each) && each['technology'] === technology);
  const from = isRecord(own) ? own : document;
  const failed = isRecord(own) ? texts(own['failures']) : [];
  const count = isRecord(own) && typeof own['failed_draws'] === 'number' ? own['failed_draws'] : 0;
  return {
    headlines: texts(from['headlines']),
    notes: [
      ...texts(from['notes']),
      ...(count > 0 ? [`${count} draws failed and are left out; the first: ${failed[0] ?? ''}.`] : []),
      ...(from === document ? texts(document['warnings']) : []),
    ],
  };
}
