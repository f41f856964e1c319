// SPDX-License-Identifier: Apache-2.0
// Output by industry and day: the longest table of a study, read apart from the page, which paints
// its other charts meanwhile.
import { findTable, ofScenario } from '../../lib/contract/tables';
import { readResults } from '../../lib/contract/parse';
import type { Json } from '../../lib/contract/reading';
import { readDocument } from './documents';

export const INDUSTRY_TABLE = 'industry_over_time';

/** Output over its baseline: industries by days, one row after the other; NaN where undefined. */
export interface IndustryDays {
  industries: string[];
  days: number;
  values: Float64Array;
}

/** What pages ask of output by industry; a Map of rows answers as well. */
export interface Output {
  readonly size: number;
  keys(): Iterable<string>;
  get(industry: string): readonly (number | null)[] | undefined;
}

/** Of one scenario of a study. */
export function industryDays(document: unknown, scenario: string): IndustryDays {
  const parsed = readResults(document as Json);
  const table = parsed.ok ? ofScenario(findTable(parsed.results, INDUSTRY_TABLE), scenario) : null;
  const column = (name: string) =>
    table?.data[table.columns.findIndex((each) => each.name === name)] ?? [];
  const rows = new Map<string, number[]>();
  const values = column('output_relative');
  column('industry').forEach((label, row) => {
    const value = values[row];
    const own = rows.get(String(label)) ?? [];
    if (own.length === 0) rows.set(String(label), own);
    own.push(typeof value === 'number' ? value : NaN);
  });
  const days = [...rows.values()].reduce((most, own) => Math.max(most, own.length), 0);
  const packed = new Float64Array(rows.size * days).fill(NaN);
  [...rows.values()].forEach((own, i) => packed.set(own, i * days));
  return { industries: [...rows.keys()], days, values: packed };
}

/** The same as rows, each made when it is asked for. */
export function asOutput({ industries, days, values }: IndustryDays): Output {
  const place = new Map(industries.map((label, i) => [label, i]));
  return {
    size: industries.length,
    keys: () => industries,
    get(industry) {
      const i = place.get(industry);
      if (i === undefined) return undefined;
      return Array.from(values.subarray(i * days, (i + 1) * days), (value) =>
        Number.isNaN(value) ? null : value,
      );
    },
  };
}

export interface Ask {
  run: number;
  scenario: string;
}

/** In a worker, so that nothing on the page waits; on the page where there are no workers. */
async function apart(ask: Ask): Promise<IndustryDays> {
  const worker = new Worker(new URL('./industry-days.worker.ts', import.meta.url), { type: 'module' });
  try {
    return await new Promise<IndustryDays>((resolve, reject) => {
      worker.onmessage = ({ data }: MessageEvent<IndustryDays | null>) =>
        data === null ? reject(new Error('not read')) : resolve(data);
      worker.onerror = () => reject(new Error('no worker'));
      worker.postMessage(ask);
    });
  } finally {
    worker.terminate();
  }
}

export async function readIndustryDays(ask: Ask): Promise<Output> {
  try {
    return asOutput(await apart(ask));
  } catch {
    // Once more here: an error then has the words of the server.
    return asOutput(industryDays(await readDocument(ask.run, [INDUSTRY_TABLE]), ask.scenario));
  }
}
