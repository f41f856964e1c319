// SPDX-License-Identifier: Apache-2.0
// Reading what is compared: first what runs are, then of their documents what a family needs.
import { api } from '../../../lib/api';
import { documentOf } from '../../../lib/documents';
import { requestOf } from '../../../lib/linked-run';
import { ApiError } from '../../../lib/problems';
import { worldOf } from '../../../lib/run-world';
import { runTitle } from '../../../lib/runs';
import type { Entry, Loaded } from './entries';
import { holds, type Family } from './families';
import { resultsOf } from './views';

async function tablesOf(run: number): Promise<string[]> {
  try {
    return (await api.get('/api/v1/runs/{run}/tables', { path: { run } })).tables;
  } catch (error) {
    if (!(error instanceof ApiError) || error.status !== 404) throw error;
    // A run with nothing but its document.
    return resultsOf(await documentOf(run))?.tables.map(({ name }) => name) ?? [];
  }
}

export async function readEntry(id: number): Promise<Entry> {
  const run = await api.get('/api/v1/runs/{run}', { path: { run: id } });
  return {
    run,
    title: runTitle(run),
    tables: run.kind === 'study' && run.status === 'done' ? await tablesOf(id) : null,
  };
}

/** The document of a run, as far as the family reads it; a run that holds nothing of it unread. */
export async function loadEntry(entry: Entry, family: Family): Promise<Loaded> {
  const id = entry.run.id;
  const wanted = holds(family, entry);
  const document = wanted ? await documentOf(id, family.reads) : null;
  const world = await worldOf(entry.run, document);
  const asks = wanted && entry.run.kind.startsWith('leverage-');
  return { ...entry, world, document, request: asks ? await requestOf(id) : null };
}
