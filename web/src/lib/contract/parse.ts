// SPDX-License-Identifier: Apache-2.0
// JSON text -> Results, or a sentence that says why not. Strict about what the page cannot do
// without; a broken table is left out and named, so that the rest of the report still opens.
import { parseOrigin } from './origin';
import { clean, isRecord, list, text, textList, type Json } from './reading';
import { parseTable } from './parse-table';
import { SCHEMA_NAME, SCHEMA_VERSION } from './types';
import type { Headline, Note, NoteKind, Parsed, Region, ResultTable, Sector } from './types';

const EMPTY_TEMPLATE = /^\s*LINCHPIN_[A-Z_]+\s*$/;

function fail(problem: string, detail = ''): Parsed {
  return { ok: false, problem, detail };
}

function parseRegion(value: Json): Region {
  const label = text(value, 'label');
  return { label, name: text(value, 'name') || label, members: textList(value, 'members') };
}

function parseSector(value: Json): Sector {
  const label = text(value, 'label');
  return { label, name: text(value, 'name') || label };
}

function parseNote(value: Json): Note {
  const kind = text(value, 'kind');
  const known: NoteKind = kind === 'data' || kind === 'assumption' ? kind : 'method';
  return { kind: known, title: text(value, 'title'), text: text(value, 'text') };
}

/** Two parallel lists; the second is absent in older documents. */
function parseHeadlines(root: Json): Headline[] {
  const scenarios = list(root, 'headline_scenarios');
  return list(root, 'headlines').flatMap((item, i) => {
    const scenario = scenarios[i];
    return typeof item === 'string'
      ? [{ text: clean(item), scenario: typeof scenario === 'string' ? clean(scenario) : null }]
      : [];
  });
}

function checkSchema(root: Record<string, Json>): Parsed | null {
  const schema = root['schema'];
  if (!isRecord(schema)) return fail('The results in this file do not say which format they use.');
  const name = text(schema, 'name');
  const version = schema['version'];
  if (name !== SCHEMA_NAME)
    return fail(
      'The data in this file are not Linchpin results.',
      `They call themselves “${name || 'unnamed'}”; this page reads “${SCHEMA_NAME}”.`,
    );
  if (version !== SCHEMA_VERSION)
    return fail(
      'These results were written in a version of the format that this page cannot read.',
      `The file has version ${String(version)}; this page reads version ${SCHEMA_VERSION}. ` +
        'Make the report again with the program that wrote the results.',
    );
  return null;
}

export function parseResults(source: string): Parsed {
  if (EMPTY_TEMPLATE.test(source) || source.trim() === '')
    return fail(
      'This is the empty report template: no results have been put into it yet.',
      'Run “linchpin report” on a set of results to fill it.',
    );
  let root: Json;
  try {
    root = JSON.parse(source) as Json;
  } catch (error) {
    return fail(
      'The results inside this file cannot be read; the file may be damaged or cut short.',
      error instanceof Error ? error.message : String(error),
    );
  }
  return readResults(root);
}

/** The same for a document that is read already, e.g. the answer of a server. */
export function readResults(root: Json): Parsed {
  if (!isRecord(root)) return fail('The data inside this file are not Linchpin results.');
  const wrong = checkSchema(root);
  if (wrong !== null) return wrong;

  const unread: string[] = [];
  const tables: ResultTable[] = [];
  for (const item of list(root, 'tables')) {
    const parsed = parseTable(item);
    if (parsed.table !== null) tables.push(parsed.table);
    if (parsed.problem !== '') unread.push(parsed.problem);
  }
  return {
    ok: true,
    results: {
      title: text(root, 'title') || 'Untitled results',
      question: text(root, 'question'),
      focus: text(root, 'focus') || null,
      headlines: parseHeadlines(root),
      warnings: textList(root, 'warnings'),
      origin: parseOrigin(root['origin']),
      regions: list(root, 'regions')
        .map(parseRegion)
        .filter((region) => region.label !== ''),
      sectors: list(root, 'sectors')
        .map(parseSector)
        .filter((sector) => sector.label !== ''),
      tables,
      notes: list(root, 'notes').map(parseNote),
      unread,
    },
  };
}
