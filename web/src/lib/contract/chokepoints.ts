// SPDX-License-Identifier: Apache-2.0
// How sure single links are, and power along a computed path: rows of their tables.
import { formatNumber } from '../format/numbers';
import type { PowerBand } from './leverage';
import { TableReader } from './tables';
import type { ResultTable } from './types';

export interface LinkRank {
  link: string;
  /** Share of draws in which it is among the k most harmful ones. */
  top: number | null;
  k: number | null;
  rank: PowerBand & { mid: number | null };
  /** Share of draws whose worst set has it. */
  best: number | null;
}

/** Links of a target, those most often in the worst set first. */
export function linkRanks(table: ResultTable | null | undefined, target: string): LinkRank[] {
  if (table == null) return [];
  const reader = new TableReader(table);
  return reader
    .rows((row) => reader.text('target', row) === target)
    .map((row) => ({
      link: reader.text('link', row),
      top: reader.number('top_share', row),
      k: reader.number('k', row),
      rank: {
        low: reader.number('rank_p05', row),
        mid: reader.number('rank_p50', row),
        high: reader.number('rank_p95', row),
      },
      best: reader.number('best_set_share', row),
    }))
    .sort((a, b) => (b.best ?? b.top ?? 0) - (a.best ?? a.top ?? 0) || (b.top ?? 0) - (a.top ?? 0));
}

type Json = Record<string, unknown>;
const isRecord = (value: unknown): value is Json => typeof value === 'object' && value !== null;
const number = (value: unknown) => (typeof value === 'number' && Number.isFinite(value) ? value : null);

/** The same of `links` of the document linchpin.leverage-chokepoints. */
export function linkRanksOf(links: unknown, k: number | null): LinkRank[] {
  return (Array.isArray(links) ? links : []).filter(isRecord).map((each) => ({
    link: String(each['link'] ?? ''),
    top: number(each['top_share']),
    k,
    rank: { low: number(each['rank_p05']), mid: number(each['rank_p50']), high: number(each['rank_p95']) },
    best: number(each['best_set_share']),
  }));
}

/** "rank 1", "rank 1 to 3" */
export function rankWords({ rank }: LinkRank): string {
  if (rank.mid === null) return '';
  const place = (value: number) => formatNumber(Math.round(value * 10) / 10);
  const [low, high] = [rank.low ?? rank.mid, rank.high ?? rank.mid].map(place);
  return low === high ? `rank ${place(rank.mid)}` : `rank ${low} to ${high}`;
}
