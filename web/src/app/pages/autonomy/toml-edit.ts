// SPDX-License-Identifier: Apache-2.0
// Reading and changing single numbers in the text of a study, so that everything else in it – order,
// comments, notes – stays as its author wrote it. Understands where strings, lists and comments begin and
// end; what it does not understand it leaves alone.

/** Part of a text under one header: `[cut_off]`, one of several `[[policy]]`, or the top ("" ). */
export interface Block {
  header: string;
  /** First and last line, the last not included; the header is line `from` unless it is the top. */
  from: number;
  to: number;
  /** Lines on which a key may start: outside of strings and lists. */
  open: readonly number[];
}

type Quote = '"' | "'" | '"""' | "'''";

/** What is open at the end of a line, given what was open at its beginning. */
function scan(line: string, quote: Quote | null, depth: number): { quote: Quote | null; depth: number } {
  for (let i = 0; i < line.length; i += 1) {
    const rest = line.slice(i);
    if (quote !== null) {
      if (quote.startsWith('"') && rest.startsWith('\\')) i += 1;
      else if (rest.startsWith(quote)) {
        i += quote.length - 1;
        quote = null;
      }
    } else if (rest.startsWith('#')) break;
    else if (rest.startsWith('"""') || rest.startsWith("'''")) {
      quote = rest.slice(0, 3) as Quote;
      i += 2;
    } else if (rest.startsWith('"') || rest.startsWith("'")) quote = rest.charAt(0) as Quote;
    else if (/[[{]/.test(rest.charAt(0))) depth += 1;
    else if (/[\]}]/.test(rest.charAt(0))) depth -= 1;
  }
  // Strings in single quotes end with their line, closed or not.
  return { quote: quote?.length === 3 ? quote : null, depth: Math.max(0, depth) };
}

const HEADER = /^\s*(\[\[?[^[\]]+\]\]?)\s*(#.*)?$/;

export function blocks(text: string): Block[] {
  const lines = text.split('\n');
  const found: Block[] = [];
  let header = '';
  let from = 0;
  let open: number[] = [];
  let state: { quote: Quote | null; depth: number } = { quote: null, depth: 0 };
  lines.forEach((line, n) => {
    const outside = state.quote === null && state.depth === 0;
    const match = outside ? HEADER.exec(line) : null;
    if (match !== null) {
      found.push({ header, from, to: n, open });
      header = (match[1] ?? '').replace(/\s+/g, '');
      from = n;
      open = [];
      return;
    }
    if (outside) open.push(n);
    state = scan(line, state.quote, state.depth);
  });
  found.push({ header, from, to: lines.length, open });
  return found;
}

const keyed = (key: string, value: string) =>
  new RegExp(`^(\\s*${key}\\s*=\\s*)(${value})(\\s*(?:#.*)?)$`);
const NUMBER = '[+-]?(?:\\d[\\d_]*\\.?\\d*(?:[eE][+-]?\\d+)?)';
const STRING = '"[^"\\\\]*"|\'[^\']*\'';

function find(lines: readonly string[], block: Block, key: string, value: string) {
  for (const n of block.open) {
    const match = keyed(key, value).exec(lines[n] ?? '');
    if (match !== null) return { n, before: match[1] ?? '', value: match[2] ?? '', after: match[3] ?? '' };
  }
  return null;
}

export function numberIn(text: string, block: Block, key: string): number | null {
  const found = find(text.split('\n'), block, key, NUMBER);
  return found === null ? null : Number(found.value.replace(/_/g, ''));
}

export function textIn(text: string, block: Block, key: string): string | null {
  return find(text.split('\n'), block, key, STRING)?.value.slice(1, -1) ?? null;
}

/** As short as it reads back. */
function written(value: number): string {
  return String(Number(value.toFixed(6)));
}

/** The text with `key` set in `block`; added below the header (or at the top) if it is not there. */
export function setValue(text: string, block: Block, key: string, value: number | boolean | string): string {
  const lines = text.split('\n');
  const word = typeof value === 'number' ? written(value) : typeof value === 'string' ? JSON.stringify(value) : String(value);
  const found = find(lines, block, key, `${NUMBER}|true|false|${STRING}`);
  if (found !== null) lines[found.n] = `${found.before}${word}${found.after}`;
  else lines.splice(block.header === '' ? block.from : block.from + 1, 0, `${key} = ${word}`);
  return lines.join('\n');
}

export function append(text: string, lines: readonly string[]): string {
  return `${text.replace(/\s*$/, '')}\n\n${lines.join('\n')}\n`;
}

/** Blocks `[[policy]]` of a kind, in order: those for a technology and those for all. */
export function policies(text: string, kind: string, technology: string): Block[] {
  return blocks(text).filter((block) => {
    if (block.header !== '[[policy]]' || textIn(text, block, 'kind') !== kind) return false;
    const only = textIn(text, block, 'technology');
    return only === null || only === technology;
  });
}

/** Names of the technologies of a study. */
export function technologiesOf(text: string): string[] {
  return blocks(text).flatMap((block) =>
    block.header === '[[technology]]' ? (textIn(text, block, 'name') ?? []) : [],
  );
}

/** A key at the top of a study. */
export function topText(text: string, key: string): string | null {
  const top = blocks(text)[0];
  return top === undefined ? null : textIn(text, top, key);
}

export function topNumber(text: string, key: string): number | null {
  const top = blocks(text)[0];
  return top === undefined ? null : numberIn(text, top, key);
}
