// SPDX-License-Identifier: Apache-2.0
// Tables about leverage in the results of a study.
import { LEVERAGE_TABLES, type LeverageTables } from '../../../lib/contract/leverage';
import { parseTable } from '../../../lib/contract/parse-table';
import type { Json } from '../../../lib/contract/reading';

export function studyTables(document: unknown): LeverageTables {
  const list = (document as { tables?: unknown } | null)?.tables;
  if (!Array.isArray(list)) return {};
  return Object.fromEntries(
    list.flatMap((each) => {
      const { table } = parseTable(each as Json);
      return table !== null && (LEVERAGE_TABLES as readonly string[]).includes(table.name)
        ? [[table.name, table]]
        : [];
    }),
  );
}
