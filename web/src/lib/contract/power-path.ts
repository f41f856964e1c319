// SPDX-License-Identifier: Apache-2.0
// Power along a computed path to making more at home: lines by sender.
import type { BandSeries } from '../charts/band-lines';
import { formatPercent } from '../format/numbers';
import { pick, TableReader } from './tables';
import type { ResultTable } from './types';

export interface PowerPath {
  key: string;
  title: string;
  target: string;
  lines: BandSeries[];
  words: string;
  table: ResultTable;
}

const LINES = 5;

function sendersOf(table: ResultTable, name: (parties: string) => string): BandSeries[] {
  const reader = new TableReader(table);
  const lines = reader.distinct('sender').map((sender): BandSeries => {
    const rows = reader
      .rows((row) => reader.text('sender', row) === sender)
      .sort((a, b) => (reader.number('year', a) ?? 0) - (reader.number('year', b) ?? 0));
    const column = (of: string) => rows.map((row) => reader.number(of, row));
    const low = column('target_loss_p05_pct');
    return {
      name: name(sender),
      x: rows.map((row) => reader.number('year', row) ?? 0),
      mid: column('target_loss_pct'),
      ...(low.some((value) => value !== null) ? { low, high: column('target_loss_p95_pct') } : {}),
    };
  });
  const first = (line: BandSeries) => line.mid.find((value) => value !== null) ?? -Infinity;
  return lines
    .filter((line) => line.mid.some((value) => value !== null))
    .sort((a, b) => first(b) - first(a))
    .slice(0, LINES);
}

/** One for each line of a region; the senders with most power at its beginning. */
export function powerPaths(
  table: ResultTable | null | undefined,
  name: (parties: string) => string,
): PowerPath[] {
  if (table == null) return [];
  const reader = new TableReader(table);
  const target = reader.has('target') ? 'target' : 'region';
  const line = reader.has('line') ? 'line' : 'technology';
  const keys = new Map<string, [string, string]>();
  for (const row of reader.rows()) {
    const pair: [string, string] = [reader.text(target, row), reader.text(line, row)];
    keys.set(JSON.stringify(pair), pair);
  }
  return [...keys].map(([key, [region, product]]) => {
    const of = pick(pick(table, target, region), line, product) ?? table;
    const lines = sendersOf(of, name);
    const top = lines[0];
    const begin = top?.mid[0] ?? null;
    const end = top?.mid.at(-1) ?? null;
    return {
      key,
      target: region,
      title: `Power over ${name(region)} as it makes more itself${product === '' ? '' : `: ${product}`}`,
      lines,
      words:
        top === undefined || begin === null || end === null || top.x.length < 2
          ? ''
          : `${top.name} could cost ${name(region)} ${formatPercent(begin)} in ${top.x[0] ?? ''}, and ${formatPercent(end)} in ${top.x.at(-1) ?? ''}.`,
      table: of,
    };
  });
}
