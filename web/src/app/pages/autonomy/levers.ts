// SPDX-License-Identifier: Apache-2.0
// What the sliders of the page move in the text of a study.
import { append, blocks, numberIn, policies, setValue } from './toml-edit';

export interface Lever {
  /** Also its name in the address. */
  id: string;
  label: string;
  hint: string;
  group: 'Programme' | 'Controls by others' | 'The cut-off';
  min: number;
  max: number;
  step: number;
  /** "%": the study has a share, the slider per cent. */
  unit: '%' | 'years';
  read: (text: string, technology: string) => number | null;
  write: (text: string, value: number, technology: string) => string;
}

/** A policy of a kind: the first of the study for the technology; none means zero. */
function policyAmount(kind: string, extra: readonly string[] = []) {
  return {
    read: (text: string, technology: string) => {
      const block = policies(text, kind, technology)[0];
      return block === undefined ? 0 : numberIn(text, block, 'amount');
    },
    write: (text: string, value: number, technology: string) => {
      const block = policies(text, kind, technology)[0];
      if (block !== undefined) return setValue(text, block, 'amount', value);
      if (value === 0) return text;
      const name = `technology = ${JSON.stringify(technology)}`;
      const made = append(text, ['[[policy]]', name, `kind = "${kind}"`, ...extra]);
      const added = policies(made, kind, technology)[0];
      return added === undefined ? text : setValue(made, added, 'amount', value);
    },
  };
}

const CONTROLS = ['product-control', 'tool-control'] as const;

/** Leakage of all controls on the technology together: one slider. */
const leakage = {
  read: (text: string, technology: string) => {
    for (const kind of CONTROLS) {
      const block = policies(text, kind, technology)[0];
      if (block !== undefined) return numberIn(text, block, 'leakage') ?? 0;
    }
    return 0;
  },
  write: (text: string, value: number, technology: string) =>
    CONTROLS.reduce((now, kind) => {
      const count = policies(now, kind, technology).length;
      for (let n = 0; n < count; n += 1) {
        const block = policies(now, kind, technology)[n];
        if (block !== undefined) now = setValue(now, block, 'leakage', value);
      }
      return now;
    }, text),
};

function cutOff(key: string, otherwise: number) {
  const block = (text: string) => blocks(text).find(({ header }) => header === '[cut_off]');
  return {
    read: (text: string) => {
      const found = block(text);
      return found === undefined ? otherwise : (numberIn(text, found, key) ?? otherwise);
    },
    write: (text: string, value: number) => {
      const found = block(text);
      if (found !== undefined) return setValue(text, found, key, value);
      const made = append(text, ['[cut_off]']);
      const added = block(made);
      return added === undefined ? text : setValue(made, added, key, value);
    },
  };
}

const share = { min: 0, step: 0.05, unit: '%' as const };
const EXTERNAL = ['programme = false', 'note = "set on the page"'];
const OWN = ['note = "set on the page"'];

export const LEVERS: readonly Lever[] = [
  {
    id: 'purchase', label: 'Purchase subsidy', hint: 'share of the price, for users at home', group: 'Programme',
    ...share, max: 0.5, ...policyAmount('purchase-subsidy', OWN),
  },
  {
    id: 'production', label: 'Production subsidy', hint: 'share of unit cost, exports too', group: 'Programme',
    ...share, max: 0.5, ...policyAmount('production-subsidy', OWN),
  },
  {
    id: 'investment', label: 'Investment subsidy', hint: 'share of the cost of capacity', group: 'Programme',
    ...share, max: 0.9, ...policyAmount('investment-subsidy', OWN),
  },
  {
    id: 'research', label: 'Research subsidy', hint: 'added to research effort', group: 'Programme',
    ...share, step: 0.1, max: 2, ...policyAmount('research-subsidy', OWN),
  },
  {
    id: 'mandate', label: 'Mandate', hint: 'share of users bound to buy at home', group: 'Programme',
    ...share, max: 0.9, ...policyAmount('mandate', OWN),
  },
  {
    id: 'product', label: 'Control on the product', hint: 'strictness, with and without the programme', group: 'Controls by others',
    ...share, max: 1, ...policyAmount('product-control', EXTERNAL),
  },
  {
    id: 'tools', label: 'Control on tools', hint: 'strictness, with and without the programme', group: 'Controls by others',
    ...share, max: 1, ...policyAmount('tool-control', EXTERNAL),
  },
  {
    id: 'leakage', label: 'Leakage of the controls', hint: 'share that gets through all the same', group: 'Controls by others',
    ...share, max: 1, ...leakage,
  },
  {
    id: 'length', label: 'Length of the cut-off', hint: 'others stop selling for so long', group: 'The cut-off',
    min: 1, max: 10, step: 1, unit: 'years', ...cutOff('years', 3),
  },
  {
    id: 'through', label: 'Leakage of the cut-off', hint: 'share that gets through', group: 'The cut-off',
    ...share, max: 1, ...cutOff('leakage', 0),
  },
];

export type Moves = Readonly<Record<string, number>>;

/** The text with all moves made; moves of levers that are where they were change nothing. */
export function move(text: string, moves: Moves, technology: string): string {
  return LEVERS.reduce((now, lever) => {
    const value = moves[lever.id];
    return value === undefined || !Number.isFinite(value) || lever.read(now, technology) === value
      ? now
      : lever.write(now, Math.min(lever.max, Math.max(lever.min, value)), technology);
  }, text);
}

const KINDS: Record<string, string> = {
  purchase: 'purchase-subsidy',
  production: 'production-subsidy',
  investment: 'investment-subsidy',
  research: 'research-subsidy',
  mandate: 'mandate',
  product: 'product-control',
  tools: 'tool-control',
};

/** Words where a slider stands for the first of several policies of its kind. */
export function several(text: string, lever: Lever, technology: string): string {
  const kind = KINDS[lever.id];
  const count = kind === undefined ? 0 : policies(text, kind, technology).length;
  return count > 1 ? `moves the first of ${count} in the study` : '';
}
