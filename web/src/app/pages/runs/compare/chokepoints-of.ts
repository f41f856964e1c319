// SPDX-License-Identifier: Apache-2.0
// Sets of links of a run by target: of an answer, or of a study.
import { linkSets, setsOfTable, type LinkSet } from '../../../../lib/contract/leverage';
import { findTable, TableReader } from '../../../../lib/contract/tables';
import type { Loaded } from './entries';
import { resultsOf } from './views';

export interface Targeted {
  target: string;
  sets: LinkSet[];
}

export function chokepointsOf(
  { document, request }: Pick<Loaded, 'document' | 'request'>,
  model: 'settled' | 'prices',
): { variant: string; data: Targeted }[] {
  const results = resultsOf(document);
  if (results !== null) {
    const table = findTable(results, 'chokepoints');
    if (table === null) return [];
    return new TableReader(table).distinct('target').map((target) => ({
      variant: target,
      data: { target, sets: setsOfTable(table, target, model) },
    }));
  }
  const answer = document as Record<string, unknown> | null;
  const own = model === 'settled' ? answer : (answer?.['at_fixed_wages'] as typeof answer | undefined);
  const target = String(answer?.['target'] ?? request?.['target'] ?? '');
  return [{ variant: target, data: { target, sets: linkSets(own?.['sets']) } }];
}
