// SPDX-License-Identifier: Apache-2.0
// Keys and values of TOML.
import type { Cursor } from './cursor';
import type { Toml, TomlTable } from './types';

const SIMPLE: Record<string, string> = {
  b: '\b',
  t: '\t',
  n: '\n',
  f: '\f',
  r: '\r',
  '"': '"',
  '\\': '\\',
};

function escape(cursor: Cursor): string {
  const kind = cursor.next();
  const simple = SIMPLE[kind];
  if (simple !== undefined) return simple;
  if (kind === 'u' || kind === 'U') {
    const digits = cursor.match(kind === 'u' ? /[0-9A-Fa-f]{4}/ : /[0-9A-Fa-f]{8}/);
    const code = parseInt(digits, 16);
    if (digits !== '' && code <= 0x10ffff) return String.fromCodePoint(code);
  }
  throw cursor.error('a backslash in a text must stand before one of b t n f r " \\ u');
}

function basic(cursor: Cursor): string {
  let text = '';
  for (;;) {
    if (cursor.done || cursor.peek() === '\n') throw cursor.error('a text is not closed by "');
    const character = cursor.next();
    if (character === '"') return text;
    text += character === '\\' ? escape(cursor) : character;
  }
}

function literal(cursor: Cursor): string {
  const text = cursor.match(/[^'\n]*/);
  if (!cursor.take("'")) throw cursor.error("a text is not closed by '");
  return text;
}

function multiline(cursor: Cursor, mark: string): string {
  const start = cursor.line;
  cursor.take('\n');
  let text = '';
  while (!cursor.take(mark)) {
    if (cursor.done) throw cursor.error(`the text that begins on line ${start} is not closed by ${mark}`);
    const character = cursor.next();
    if (character !== '\\' || mark === "'''") text += character;
    else if (/\s/.test(cursor.peek())) while (/\s/.test(cursor.peek())) cursor.next();
    else text += escape(cursor);
  }
  // Up to two more quotes belong to the text.
  while (cursor.starts(mark.charAt(0))) text += cursor.next();
  return text;
}

function quoted(cursor: Cursor): string {
  for (const mark of ['"""', "'''"]) if (cursor.take(mark)) return multiline(cursor, mark);
  return cursor.next() === '"' ? basic(cursor) : literal(cursor);
}

/** One key, or several with points between them. */
export function readKey(cursor: Cursor): string[] {
  const keys: string[] = [];
  do {
    cursor.blanks();
    const mark = cursor.peek();
    const bare = mark === '"' || mark === "'" ? null : cursor.match(/[A-Za-z0-9_-]+/);
    if (bare === '') throw cursor.error('expected a key');
    const key = bare ?? quoted(cursor);
    // Would not be a key of its own in an object of JavaScript.
    if (key === '__proto__') throw cursor.error('“__proto__” is no key of any file');
    keys.push(key);
    cursor.blanks();
  } while (cursor.take('.'));
  return keys;
}

function list(cursor: Cursor): Toml[] {
  const items: Toml[] = [];
  for (;;) {
    cursor.space();
    if (cursor.take(']')) return items;
    if (cursor.done) throw cursor.error('a list is not closed by ]');
    items.push(readValue(cursor));
    cursor.space();
    if (cursor.take(',')) continue;
    if (cursor.take(']')) return items;
    throw cursor.error('expected a comma or ] in a list');
  }
}

function inline(cursor: Cursor): TomlTable {
  const table: TomlTable = {};
  cursor.space();
  if (cursor.take('}')) return table;
  for (;;) {
    cursor.space();
    const keys = readKey(cursor);
    const key = keys[0] ?? '';
    if (keys.length > 1) throw cursor.error('write keys with points in tables of their own');
    cursor.blanks();
    if (!cursor.take('=')) throw cursor.error('expected = after the key');
    if (Object.hasOwn(table, key)) throw cursor.error(`“${key}” stands there twice`);
    table[key] = readValue(cursor);
    cursor.space();
    if (cursor.take('}')) return table;
    if (!cursor.take(',')) throw cursor.error('expected a comma or } in a table');
  }
}

function number(word: string): number | null {
  if (/^[+-]?(inf|nan)$/.test(word)) return Number(word.replace('inf', 'Infinity').replace('nan', 'NaN'));
  const plain = word.replace(/(\d)_(?=\d)/g, '$1');
  const decimal = /^[+-]?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/.test(plain);
  return decimal || /^0(x[\dA-Fa-f]+|o[0-7]+|b[01]+)$/.test(plain) ? Number(plain) : null;
}

export function readValue(cursor: Cursor): Toml {
  cursor.blanks();
  const mark = cursor.peek();
  if (mark === '"' || mark === "'") return quoted(cursor);
  if (cursor.take('[')) return list(cursor);
  if (cursor.take('{')) return inline(cursor);
  const word = cursor.match(/[^\s,\]}#]+/);
  if (word === 'true' || word === 'false') return word === 'true';
  const value = number(word);
  if (value === null)
    throw cursor.error(word === '' ? 'a value is missing' : `“${word}” is no value; texts need quotes`);
  return value;
}
