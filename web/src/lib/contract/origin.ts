// SPDX-License-Identifier: Apache-2.0
import { finite, isRecord, list, text, type Json } from './reading';
import type { Option, Origin, Scalar, World } from './types';

function parseWorld(value: Json | undefined): World {
  return {
    name: text(value, 'name'),
    title: text(value, 'title'),
    year: finite(value, 'year'),
    unit: text(value, 'unit'),
    price_basis: text(value, 'price_basis'),
    source: text(value, 'source'),
    licence: text(value, 'licence'),
    estimated: isRecord(value) && value['estimated'] === true,
  };
}

function isScalar(value: Json): value is Scalar {
  return value === null || typeof value !== 'object';
}

function parseOptions(value: Json | undefined): Option[] {
  if (!isRecord(value)) return [];
  return Object.entries(value).map(([name, option]) => ({
    name,
    value: isScalar(option) ? option : JSON.stringify(option),
  }));
}

export function parseOrigin(value: Json | undefined): Origin {
  const seed = isRecord(value) ? value['seed'] : null;
  return {
    program: text(value, 'program') || 'linchpin',
    version: text(value, 'version'),
    world: parseWorld(isRecord(value) ? value['world'] : undefined),
    inputs: list(value, 'inputs').map((input) => ({
      name: text(input, 'name'),
      sha256: text(input, 'sha256'),
    })),
    options: parseOptions(isRecord(value) ? value['options'] : undefined),
    seed: typeof seed === 'number' || typeof seed === 'string' ? seed : null,
    blas: text(value, 'blas'),
    started: text(value, 'started'),
    duration_seconds: finite(value, 'duration_seconds'),
  };
}
