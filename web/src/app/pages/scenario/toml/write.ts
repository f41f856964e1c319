// SPDX-License-Identifier: Apache-2.0
// A table of values -> the text of a study or scenario file. Comments are not kept: there are none
// in the values.
import { isTable, type Toml, type TomlTable } from './types';

/** Lists of tables that get a header each; all others are written in one line. */
const BLOCKS = new Set([
  'scenario',
  ...['cut', 'import_ban', 'closure', 'retaliation', 'capacity_loss', 'labour_shock'],
  ...['capital_loss', 'demand_shift', 'reserve', 'uncertain', 'measure'],
  ...['tariff', 'iceberg', 'ban', 'export_tax', 'quota', 'subsidy', 'productivity', 'quality'],
  'transshipment',
]);

/** Tables that get a header. */
const HEADERS = new Set(['model', 'depend', 'disrupt', 'equilibrium', 'ensemble', 'groups', 'output']);

const ESCAPES: Record<string, string> = {
  '"': '\\"',
  '\\': '\\\\',
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\f': '\\f',
  '\r': '\\r',
};

export function tomlText(text: string): string {
  // eslint-disable-next-line no-control-regex
  const escaped = text.replace(/["\\\u0000-\u001f\u007f]/g, (character) => {
    const code = character.charCodeAt(0).toString(16).padStart(4, '0');
    return ESCAPES[character] ?? `\\u${code}`;
  });
  return `"${escaped}"`;
}

export function tomlKey(key: string): string {
  return /^[A-Za-z0-9_-]+$/.test(key) ? key : tomlText(key);
}

export function tomlNumber(value: number): string {
  if (value === Infinity) return 'inf';
  if (value === -Infinity) return '-inf';
  if (Number.isNaN(value)) return 'nan';
  const text = String(value);
  // TOML wants digits on both sides of a point, and knows 1e21 as a number as it is.
  return text.replace('e+', 'e');
}

/** A value in one line. */
export function tomlValue(value: Toml): string {
  if (typeof value === 'string') return tomlText(value);
  if (typeof value === 'number') return tomlNumber(value);
  if (typeof value === 'boolean') return String(value);
  if (Array.isArray(value)) return `[${value.map(tomlValue).join(', ')}]`;
  const pairs = Object.entries(value).map(([key, item]) => `${tomlKey(key)} = ${tomlValue(item)}`);
  return `{${pairs.join(', ')}}`;
}

const isBlock = (key: string, value: Toml): value is TomlTable[] =>
  BLOCKS.has(key) && Array.isArray(value) && value.length > 0 && value.every(isTable);
const isHeader = (key: string, value: Toml): value is TomlTable => HEADERS.has(key) && isTable(value);

function lines(table: TomlTable, prefix: string): string[] {
  const entries = Object.entries(table);
  const out = entries
    .filter(([key, value]) => !isBlock(key, value) && !isHeader(key, value))
    .map(([key, value]) => `${tomlKey(key)} = ${tomlValue(value)}`);
  for (const [key, value] of entries) {
    const name = `${prefix}${tomlKey(key)}`;
    if (isHeader(key, value)) {
      const inner = lines(value, `${name}.`);
      // A table that only holds other tables needs no header of its own, unless it is empty.
      const plain = inner.length === 0 || !(inner[0] ?? '').startsWith('[') && inner[0] !== '';
      out.push(...(plain ? ['', `[${name}]`] : []), ...inner);
    } else if (isBlock(key, value))
      for (const item of value) out.push('', `[[${name}]]`, ...lines(item, `${name}.`));
  }
  return out;
}

export function writeToml(table: TomlTable): string {
  return `${lines(table, '').join('\n').trim()}\n`;
}
