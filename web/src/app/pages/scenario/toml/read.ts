// SPDX-License-Identifier: Apache-2.0
// TOML text -> values, with the lines each stands on, so that what a server says about a line is
// shown at its field. All of TOML but dates; the server reads the text itself and has the last word.
import { Cursor, TomlError } from './cursor';
import { isTable, pathText, type Path, type Toml, type TomlTable } from './types';
import { readKey, readValue } from './value';

export { TomlError };

/** Where the value of a path stands; lines count from 1. */
export interface Span {
  path: string;
  from: number;
  to: number;
}

export interface Reading {
  value: TomlTable;
  spans: Span[];
}

/** The table at `keys` below `start`; of a list of tables, its last one. */
function descend(start: TomlTable, path: (string | number)[], keys: readonly string[], cursor: Cursor) {
  let table = start;
  for (const key of keys) {
    path.push(key);
    if (!Object.hasOwn(table, key)) table[key] = {};
    let next: Toml | undefined = table[key];
    if (Array.isArray(next)) {
      path.push(next.length - 1);
      next = next.at(-1);
    }
    if (!isTable(next)) throw cursor.error(`“${key}” is a value already, not a table`);
    table = next;
  }
  return table;
}

class Reader {
  readonly root: TomlTable = {};
  readonly spans: Span[] = [];
  #table: TomlTable = this.root;
  #path: Path = [];
  readonly #headers = new Set<string>();

  constructor(readonly cursor: Cursor) {}

  #header() {
    const { cursor } = this;
    const { line } = cursor;
    const list = cursor.take('[[');
    if (!list) cursor.take('[');
    const keys = readKey(cursor);
    if (!cursor.take(list ? ']]' : ']')) throw cursor.error(`expected ${list ? ']]' : ']'} after the name`);
    cursor.endLine();
    const path: (string | number)[] = [];
    const last = keys.at(-1) ?? '';
    const parent = descend(this.root, path, keys.slice(0, -1), cursor);
    path.push(last);
    if (list) {
      if (!Object.hasOwn(parent, last)) parent[last] = [];
      const items = parent[last];
      if (!Array.isArray(items)) throw new TomlError(`“${last}” is a table already, not a list of tables`, line);
      const item: TomlTable = {};
      path.push(items.length);
      items.push(item);
      this.#table = item;
    } else {
      this.#table = descend(parent, [], [last], cursor);
      const name = pathText(path);
      if (this.#headers.has(name)) throw new TomlError(`[${keys.join('.')}] stands there twice`, line);
      this.#headers.add(name);
    }
    this.#path = path;
    this.spans.push({ path: pathText(path), from: line, to: line });
  }

  #pair() {
    const { cursor } = this;
    const { line } = cursor;
    const keys = readKey(cursor);
    cursor.blanks();
    if (!cursor.take('=')) throw cursor.error('expected = after the key');
    const value = readValue(cursor);
    const to = cursor.line;
    cursor.endLine();
    const path = [...this.#path];
    const table = descend(this.#table, path, keys.slice(0, -1), cursor);
    const last = keys.at(-1) ?? '';
    if (Object.hasOwn(table, last)) throw new TomlError(`“${last}” stands there twice`, line);
    table[last] = value;
    this.spans.push({ path: pathText([...path, last]), from: line, to });
  }

  read(): Reading {
    const { cursor } = this;
    for (cursor.space(); !cursor.done; cursor.space())
      if (cursor.peek() === '[') this.#header();
      else this.#pair();
    return { value: this.root, spans: this.spans };
  }
}

/** Throws TomlError. */
export function readToml(text: string): Reading {
  return new Reader(new Cursor(text)).read();
}

/** What stands on a line: the value, else the table whose header is there; null for neither. */
export function pathOfLine(spans: readonly Span[], line: number): string | null {
  return spans.find((span) => line >= span.from && line <= span.to)?.path ?? null;
}

/** First line of a value or table; of what holds it, where it has none itself. */
export function lineOfPath(spans: readonly Span[], path: string): number | null {
  for (let wanted = path; wanted !== ''; wanted = wanted.replace(/(\.[^.[]+|\[\d+\]|^[^.[]+)$/, '')) {
    const found = spans.find((span) => span.path === wanted);
    if (found !== undefined) return found.from;
  }
  return null;
}
