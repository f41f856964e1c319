// SPDX-License-Identifier: Apache-2.0
import { list, text } from '../../../../lib/contract/reading';

/** Longer tables are for charts and files, not for reading. */
const MOST_ROWS = 5000;

/** Tables that a document was read without, and that people can read. */
export function tablesLeft(document: unknown): { name: string; title: string }[] {
  return list(document as never, 'left_out').flatMap((each) => {
    const rows = (each as { rows?: unknown } | null)?.rows;
    const name = text(each, 'name');
    if (name === '' || typeof rows !== 'number' || rows === 0 || rows > MOST_ROWS) return [];
    return [{ name, title: text(each, 'title') || name }];
  });
}
