// SPDX-License-Identifier: Apache-2.0
// The shape of "linchpin.results" version 1. The library writes it; this page only reads it.

export const SCHEMA_NAME = 'linchpin.results';
export const SCHEMA_VERSION = 1;

export type ColumnType = 'text' | 'integer' | 'number';
export type Cell = string | number | null;
export type Scalar = string | number | boolean | null;

export interface Column {
  name: string;
  title: string;
  type: ColumnType;
  unit: string | null;
  description: string;
}

/** Stored by column: `data[c][r]`. All columns have the same length. */
export interface ResultTable {
  name: string;
  title: string;
  note: string;
  columns: Column[];
  data: Cell[][];
}

export interface Region {
  label: string;
  name: string;
  /** ISO 3166 alpha-3 codes of the countries inside the region. */
  members: string[];
}

export interface Sector {
  label: string;
  name: string;
}

export interface World {
  name: string;
  title: string;
  year: number | null;
  unit: string;
  price_basis: string;
  source: string;
  licence: string;
  estimated: boolean;
}

export interface Input {
  name: string;
  sha256: string;
}

export interface Option {
  name: string;
  value: Scalar;
}

export interface Origin {
  program: string;
  version: string;
  world: World;
  inputs: Input[];
  options: Option[];
  seed: number | string | null;
  blas: string;
  started: string;
  duration_seconds: number | null;
}

export type NoteKind = 'method' | 'data' | 'assumption';

export interface Note {
  kind: NoteKind;
  title: string;
  text: string;
}

export interface Headline {
  text: string;
  /** Null when the sentence belongs to no scenario, or the document does not say. */
  scenario: string | null;
}

export interface Results {
  title: string;
  question: string;
  /** Label of the region the headline is about. */
  focus: string | null;
  headlines: Headline[];
  warnings: string[];
  origin: Origin;
  regions: Region[];
  sectors: Sector[];
  tables: ResultTable[];
  notes: Note[];
  /** What this page could not read and left out. Shown among the warnings, never swallowed. */
  unread: string[];
}

export type Parsed =
  { ok: true; results: Results } | { ok: false; problem: string; detail: string };
