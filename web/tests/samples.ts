// SPDX-License-Identifier: Apache-2.0
import hostile from '../fixtures/hostile.json?raw';
import sample from '../fixtures/sample.json?raw';
import { parseResults } from '../src/lib/contract/parse';
import type { Results } from '../src/lib/contract/types';

function read(source: string): Results {
  const parsed = parseResults(source);
  if (!parsed.ok) throw new Error(parsed.problem);
  return parsed.results;
}

export function sampleText(name: 'sample' | 'hostile'): string {
  return name === 'sample' ? sample : hostile;
}

export function loadSample(name: 'sample' | 'hostile'): Results {
  return read(sampleText(name));
}

/** Results with only what a test states. */
export function minimal(parts: object): Results {
  return read(JSON.stringify({ schema: { name: 'linchpin.results', version: 1 }, ...parts }));
}
