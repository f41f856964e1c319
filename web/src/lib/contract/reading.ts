// SPDX-License-Identifier: Apache-2.0
// Small, total readers over untyped JSON: they never throw, they answer with a neutral value.

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

export function isRecord(value: Json | undefined): value is { [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const DIRECTION_CONTROLS = /[\u202a-\u202e\u2066-\u2069]/g;

/** Without the invisible characters that would show a label in another order than it is written. */
export function clean(value: string): string {
  return value.replace(DIRECTION_CONTROLS, '');
}

export function text(from: Json | undefined, key: string): string {
  const value = isRecord(from) ? from[key] : undefined;
  return typeof value === 'string' ? clean(value) : '';
}

export function finite(from: Json | undefined, key: string): number | null {
  const value = isRecord(from) ? from[key] : undefined;
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

export function list(from: Json | undefined, key: string): Json[] {
  const value = isRecord(from) ? from[key] : undefined;
  return Array.isArray(value) ? value : [];
}

export function textList(from: Json | undefined, key: string): string[] {
  return list(from, key)
    .filter((item): item is string => typeof item === 'string')
    .map(clean);
}
