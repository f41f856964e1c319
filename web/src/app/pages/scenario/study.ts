// SPDX-License-Identifier: Apache-2.0
// Parts of a study: its scenarios, their events, and single scenarios as files of their own.
import { EVENTS, eventsOf, type EventSpec, type Family, type RoleSpec } from './events';
import { isTable, pathText, valueAt, withValue, type Path, type Toml, type TomlTable } from './toml/types';

export interface ScenarioRef {
  family: Family;
  index: number;
  name: string;
  path: Path;
}

export interface EventRef {
  spec: EventSpec;
  index: number;
  path: Path;
  value: TomlTable;
}

const TRADE_KEYS = [
  ...['theta', 'model', 'horizon_years', 'entrant_cost', 'deficits', 'nests', 'factors'],
  ...['groups', 'uncertain'],
];

export function toList(value: Toml | undefined): string[] {
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
}

function tables(value: Toml | undefined): TomlTable[] {
  return Array.isArray(value) ? value.filter(isTable) : [];
}

export function starter(world: string): TomlTable {
  return { title: 'My study', world, scenario: [{ name: 'scenario-1' }], disrupt: { days: 365 } };
}

export function scenariosOf(study: TomlTable): ScenarioRef[] {
  const named = (family: Family, base: Path): ScenarioRef[] =>
    tables(valueAt(study, base)).map((table, index) => ({
      family,
      index,
      name: typeof table['name'] === 'string' ? table['name'] : '',
      path: [...base, index],
    }));
  return [...named('daily', ['scenario']), ...named('trade', ['equilibrium', 'scenario'])];
}

export function eventsIn(study: TomlTable, scenario: ScenarioRef): EventRef[] {
  return eventsOf(scenario.family).flatMap((spec) =>
    tables(valueAt(study, [...scenario.path, spec.type])).map((value, index) => ({
      spec,
      index,
      value,
      path: [...scenario.path, spec.type, index],
    })),
  );
}

/** A name that no other scenario has. */
export function freeName(study: TomlTable, stem: string): string {
  const taken = new Set(scenariosOf(study).map(({ name }) => name.toLowerCase()));
  let number = 1;
  while (taken.has(`${stem}-${number}`)) number += 1;
  return `${stem}-${number}`;
}

/** The regions of a role as they stand in the file. */
export function roleValues(event: TomlTable, role: RoleSpec): string[] {
  if (role.side !== undefined) return toList(valueAt(event, [role.key, role.side]));
  return toList(event[role.key] ?? (role.alias === undefined ? undefined : event[role.alias]));
}

/** The event with another list in a role. */
export function withRole(event: TomlTable, role: RoleSpec, values: readonly string[]): TomlTable {
  if (role.side !== undefined) {
    const sides = [0, 1].map((side) =>
      side === role.side ? [...values] : toList(valueAt(event, [role.key, side])),
    );
    return { ...event, [role.key]: sides };
  }
  const rest = { ...event };
  if (role.alias !== undefined) delete rest[role.alias];
  // An empty list stays, so that the server says what is missing; it is not the same as "all".
  return { ...rest, [role.key]: [...values] };
}

/** Adds a region to a role, or takes it away. */
export function toggled(values: readonly string[], region: string, adds: RoleSpec['adds']): string[] {
  const label = adds === 'region' ? region : `${region}:*`;
  const has = values.some((value) => value === label || (adds === 'industries' && value.startsWith(`${region}:`)));
  return has
    ? values.filter((value) => value !== label && !(adds === 'industries' && value.startsWith(`${region}:`)))
    : [...values.filter((value) => value !== '*' && value !== 'all'), label];
}

/** Regions a list stands for: groups and stars spelled out, industries by their region. */
export function regionsOf(
  values: readonly string[],
  regions: readonly string[],
  groups: Readonly<Record<string, readonly string[]>>,
): Set<string> {
  const found = new Set<string>();
  for (const value of values) {
    if (value === '*' || value === 'all') regions.forEach((region) => found.add(region));
    const head = regions.find((region) => value === region || value.startsWith(`${region}:`));
    if (head !== undefined) found.add(head);
    const group = Object.hasOwn(groups, value) ? groups[value] : undefined;
    group?.forEach((region) => found.add(region));
  }
  return found;
}

export function groupsOf(study: TomlTable): Record<string, string[]> {
  const groups = valueAt(study, ['equilibrium', 'groups']);
  return isTable(groups)
    ? Object.fromEntries(Object.entries(groups).map(([name, members]) => [name, toList(members)]))
    : {};
}

function merged(first: Toml | undefined, then: Toml | undefined): TomlTable {
  return { ...(isTable(first) ? first : {}), ...(isTable(then) ? then : {}) };
}

/** One scenario of the daily model as a file of its own, with what the study says for all. */
export function dailyFile(study: TomlTable, index: number): TomlTable {
  const scenario = valueAt(study, ['scenario', index]);
  if (!isTable(scenario)) return {};
  const model = merged(study['model'], scenario['model']);
  const parameters = [...toList(study['parameters']), ...toList(scenario['parameters'])];
  const own = tables(scenario['uncertain']);
  const named = new Set(own.map((each) => each['parameter']));
  const uncertain = [...own, ...tables(study['uncertain']).filter((each) => !named.has(each['parameter']!))];
  return {
    ...scenario,
    ...(Object.keys(model).length === 0 ? {} : { model }),
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(uncertain.length === 0 ? {} : { uncertain }),
  };
}

/** One trade scenario as a file of its own. */
export function tradeFile(study: TomlTable, index: number): TomlTable {
  const scenario = valueAt(study, ['equilibrium', 'scenario', index]);
  const shared = study['equilibrium'];
  if (!isTable(scenario) || !isTable(shared)) return {};
  const common = Object.fromEntries(
    TRADE_KEYS.flatMap((key) => {
      const value = shared[key];
      return value === undefined || key in scenario ? [] : [[key, value]];
    }),
  );
  return { ...common, ...scenario };
}

/** A single scenario becomes a study of a world. */
export function asStudy(table: TomlTable, world: string): TomlTable {
  // Only a file of one scenario has events at its root.
  const events = EVENTS.some(({ type }) => type in table);
  if ('world' in table || !events) return table;
  const trade = EVENTS.some(({ type, family }) => family === 'trade' && type in table);
  const { title, ...rest } = table;
  const scenario = { name: 'scenario-1', ...(title === undefined ? {} : { title }), ...rest };
  return {
    title: typeof title === 'string' && title !== '' ? title : 'My study',
    world,
    ...(trade ? { equilibrium: { scenario: [scenario] } } : { scenario: [scenario], disrupt: { days: 365 } }),
  };
}

/** Where a place of a scenario's own file stands in the study: in the scenario, else shared by all. */
export function studyPath(study: TomlTable, scenario: ScenarioRef, path: string): string {
  const own = `${pathText(scenario.path)}.${path}`;
  const head = path.replace(/[.[].*$/s, '');
  if (valueAt(study, [...scenario.path, head]) !== undefined) return own;
  return scenario.family === 'daily' ? path : `equilibrium.${path}`;
}

/** A study with an event more; tells the path of the new one. */
export function withEvent(
  study: TomlTable,
  scenario: ScenarioRef,
  spec: EventSpec,
): { study: TomlTable; path: Path } {
  const list = tables(valueAt(study, [...scenario.path, spec.type]));
  const path = [...scenario.path, spec.type, list.length];
  const event = spec.roles.reduce<TomlTable>(
    (table, role) => withRole(table, role, []),
    spec.type === 'retaliation' ? { when: '' } : {},
  );
  return { study: withValue(study, path, event), path };
}

export interface PostedText {
  text: string;
  world: string;
  /** What was asked beside the text, as values of the study. */
  more: [Path, Toml][];
}

/** The body of a request for a run -> the text to open; null for other kinds of questions. */
export function ofRequest(body: Readonly<Record<string, unknown>>): PostedText | null {
  const { study, scenario, world, days, draws, seed } = body;
  if (typeof study === 'string') return { text: study, world: '', more: [] };
  if (typeof scenario !== 'string') return null;
  // Only the daily model has days.
  const trade = /^\s*\[\[(tariff|ban|iceberg|export_tax|quota|subsidy|productivity|quality|transshipment)\]\]/m.test(
    scenario,
  );
  const ensemble: Path = trade ? ['equilibrium', 'ensemble'] : ['ensemble'];
  const more: [Path, Toml][] = [];
  if (typeof days === 'number' && !trade) more.push([['disrupt', 'days'], days]);
  if (typeof draws === 'number') more.push([[...ensemble, 'draws'], draws]);
  if (typeof draws === 'number') more.push([[...ensemble, 'seed'], typeof seed === 'number' ? seed : 1]);
  return { text: scenario, world: typeof world === 'string' ? world : '', more };
}
