// SPDX-License-Identifier: Apache-2.0
// What an event of a scenario is made of: regions in roles, fields, days.

export type Family = 'daily' | 'trade';

export type FieldKind =
  | 'sectors'
  | 'industries'
  | 'parties'
  | 'percent'
  | 'number'
  | 'day'
  | 'choice'
  | 'text'
  | 'texts'
  | 'pair';

export interface FieldSpec {
  key: string;
  label: string;
  kind: FieldKind;
  hint?: string;
  /** What holds when the field is empty, in words. */
  otherwise?: string;
  required?: boolean;
  min?: number;
  max?: number;
  options?: readonly { value: string; text: string }[];
}

/** A list of regions that the map fills. */
export interface RoleSpec {
  key: string;
  /** Another key that may stand in place of `key`. */
  alias?: string;
  /** Position in a pair of sides (closures). */
  side?: 0 | 1;
  word: string;
  /** What a click on a region adds: the region, or all its industries. */
  adds: 'region' | 'industries';
}

export interface EventSpec {
  type: string;
  family: Family;
  title: string;
  about: string;
  roles: readonly RoleSpec[];
  fields: readonly FieldSpec[];
  /** `span`: from, to, ramp, recovery; `instant`: one day; `start`: from a day on; `none`. */
  time: 'span' | 'instant' | 'start' | 'none';
}

/** Pieces that several events share. */
export const sectors = (label = 'Products', otherwise = 'all'): FieldSpec => ({
  key: 'sectors',
  label,
  kind: 'sectors',
  otherwise,
});
export const share = (label: string, hint = ''): FieldSpec => ({
  key: 'share',
  label,
  kind: 'percent',
  hint,
  otherwise: '100 %',
  min: 0,
  max: 100,
});
export const SPAN: readonly FieldSpec[] = [
  { key: 'from_day', label: 'From day', kind: 'day', otherwise: '0', min: 0 },
  { key: 'to_day', label: 'To day', kind: 'day', otherwise: 'never', hint: 'first day without effect', min: 0 },
  { key: 'ramp_days', label: 'Ramp, days', kind: 'day', otherwise: '0', hint: 'rises over so many days', min: 0 },
  { key: 'recovery_days', label: 'Recovery, days', kind: 'day', otherwise: '0', hint: 'fades over so many days', min: 0 },
];
export const EXEMPT: FieldSpec = {
  key: 'exempt',
  label: 'Exemptions',
  kind: 'texts',
  hint: 'NLD, CHN:C29, *:C29, or DEU>CHN:C29',
  otherwise: 'none',
};
export const USES: FieldSpec = {
  key: 'uses',
  label: 'Deliveries to',
  kind: 'choice',
  options: [
    { value: '', text: 'industries and final users' },
    { value: 'intermediate', text: 'industries only' },
    { value: 'final', text: 'final users only' },
  ],
};
export const role = (key: string, word: string, adds: RoleSpec['adds'] = 'region'): RoleSpec => ({ key, word, adds });
export const choice = (key: string, label: string, ...options: [string, string][]): FieldSpec => ({
  key,
  label,
  kind: 'choice',
  options: options.map(([value, text]) => ({ value, text })),
});
