// SPDX-License-Identifier: Apache-2.0
// Values of TOML files. Dates are left out: no file of ours has any.

export type Toml = string | number | boolean | Toml[] | TomlTable;
export interface TomlTable {
  [key: string]: Toml;
}

/** A place in a file: keys and positions in lists, from the root. */
export type Path = readonly (string | number)[];

export function isTable(value: Toml | undefined): value is TomlTable {
  return typeof value === 'object' && !Array.isArray(value);
}

/** ["cut", 0, "share"] -> "cut[0].share" */
export function pathText(path: Path): string {
  return path.reduce<string>(
    (text, part) =>
      typeof part === 'number' ? `${text}[${part}]` : text === '' ? part : `${text}.${part}`,
    '',
  );
}

export function valueAt(root: Toml | undefined, path: Path): Toml | undefined {
  return path.reduce<Toml | undefined>((value, part) => {
    if (Array.isArray(value)) return typeof part === 'number' ? value[part] : undefined;
    return isTable(value) && typeof part === 'string' && Object.hasOwn(value, part)
      ? value[part]
      : undefined;
  }, root);
}

/** A copy with another value at a place, or without it; tables on the way are made. */
export function withValue(root: TomlTable, path: Path, value: Toml | undefined): TomlTable {
  const [head, ...rest] = path;
  if (typeof head !== 'string') return root;
  const set = (old: Toml | undefined, left: Path): Toml | undefined => {
    const [part, ...after] = left;
    if (part === undefined) return value;
    if (typeof part === 'number') {
      const items = Array.isArray(old) ? [...old] : [];
      const item = set(items[part], after);
      if (item === undefined) items.splice(part, 1);
      else items[part] = item;
      return items;
    }
    const table: TomlTable = isTable(old) ? { ...old } : {};
    const found = set(Object.hasOwn(table, part) ? table[part] : undefined, after);
    if (found === undefined) delete table[part];
    else table[part] = found;
    return table;
  };
  return set(root, [head, ...rest]) as TomlTable;
}
