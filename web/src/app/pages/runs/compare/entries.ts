// SPDX-License-Identifier: Apache-2.0
// Runs that are compared, and what each of them says of one thing. A run may say it several times:
// for each of its scenarios, technologies or targets.
import type { Run } from '../../../lib/api';
import type { RunWorld } from '../../../lib/run-world';

/** As many runs as can be told apart beside each other. */
export const MOST = 4;

/** What is known of a run before its document is read. */
export interface Entry {
  run: Run;
  title: string;
  /** Names of the tables that a study holds; null for all other runs. */
  tables: readonly string[] | null;
}

export interface Loaded extends Entry {
  world: RunWorld;
  document: unknown;
  /** What was posted; null where nobody knows any more. */
  request: Record<string, unknown> | null;
}

export interface Part<T> {
  entry: Loaded;
  /** Scenario, technology or target; empty where the run says it once. */
  variant: string;
  /** Tells the parts of a comparison apart. */
  name: string;
  data: T;
}

export function entryName({ run, title }: Entry): string {
  return `${run.id}: ${title}`;
}

/** What all runs say, run by run. */
export function partsOf<T>(
  entries: readonly Loaded[],
  read: (entry: Loaded) => readonly { variant: string; data: T }[],
): Part<T>[] {
  return entries.flatMap((entry) => {
    const said = read(entry);
    return said.map(({ variant, data }) => ({
      entry,
      variant,
      name: said.length > 1 && variant !== '' ? `${entryName(entry)} (${variant})` : entryName(entry),
      data,
    }));
  });
}

/** Runs that say nothing of it. */
export function lacking(entries: readonly Loaded[], parts: readonly Part<unknown>[]): Loaded[] {
  return entries.filter((entry) => !parts.some((part) => part.entry === entry));
}

/** Variants by run, for runs that have several. */
export function variantsOf(
  parts: readonly Part<unknown>[],
): { entry: Loaded; variants: string[] }[] {
  const entries = [...new Set(parts.map(({ entry }) => entry))];
  return entries
    .map((entry) => ({
      entry,
      variants: parts.filter((part) => part.entry === entry).map(({ variant }) => variant),
    }))
    .filter(({ variants }) => variants.length > 1);
}

/** All parts if there are few; else one of each run: the variant wished for, or its first. */
export function shownParts<T>(
  parts: readonly Part<T>[],
  wished: (run: number) => string,
): Part<T>[] {
  if (parts.length <= MOST) return [...parts];
  return [...new Set(parts.map(({ entry }) => entry))].flatMap((entry) => {
    const own = parts.filter((part) => part.entry === entry);
    return own.find(({ variant }) => variant === wished(entry.run.id)) ?? own[0] ?? [];
  });
}

/** Variants of all runs, those that most runs have first; each once. */
export function sharedVariants(parts: readonly Part<unknown>[]): string[] {
  const runs = (variant: string) =>
    new Set(parts.filter((part) => part.variant === variant).map(({ entry }) => entry)).size;
  const all = [...new Set(parts.map(({ variant }) => variant))];
  return all.sort((a, b) => runs(b) - runs(a));
}

/** True if some variant is of two runs or more, so that comparing by variant makes sense. */
export function anyShared(parts: readonly Part<unknown>[]): boolean {
  const entries = new Set(parts.map(({ entry }) => entry));
  return (
    entries.size < 2 ||
    sharedVariants(parts).some(
      (variant) =>
        new Set(parts.filter((part) => part.variant === variant).map(({ entry }) => entry)).size > 1,
    )
  );
}
