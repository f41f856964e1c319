// SPDX-License-Identifier: Apache-2.0
// Tables that hold the answers of several questions: which rows belong to which. Two questions may
// be about the same parties; then columns of what else was asked tell them apart, or their order.
import type { TableReader } from './tables';

/** Columns that tell questions apart, where a table has them. */
const TELLING = ['question', 'instrument', 'sectors', 'services', 'network', 'prices'];

const written = (reader: TableReader, name: string, row: number) => String(reader.cell(name, row) ?? '');

/** Columns that name a question in all of these tables. */
export function tellingColumns(parties: readonly string[], readers: readonly TableReader[]): string[] {
  return [...parties, ...TELLING].filter((name) => readers.every((reader) => reader.has(name)));
}

/**
 * For each row the name of its question. `part` is the column whose first value begins anew with
 * each question of the same parties; without it every row is a question.
 */
export function questionsOf(
  reader: TableReader,
  columns: readonly string[],
  part: string | null,
): string[] {
  const seen = new Map<string, { first: string; last: string; n: number }>();
  return reader.rows().map((row) => {
    const key = JSON.stringify(columns.map((name) => written(reader, name, row)));
    const value = part === null ? '' : written(reader, part, row);
    const known = seen.get(key);
    const begins = known !== undefined && (part === null || (value === known.first && known.last !== value));
    const now = { first: known?.first ?? value, last: value, n: (known?.n ?? 0) + Number(begins) };
    seen.set(key, now);
    return `${key} ${now.n}`;
  });
}

/** Rows by question, in their order. */
export function rowsByQuestion(questions: readonly string[]): Map<string, number[]> {
  const found = new Map<string, number[]>();
  questions.forEach((question, row) => found.set(question, [...(found.get(question) ?? []), row]));
  return found;
}
