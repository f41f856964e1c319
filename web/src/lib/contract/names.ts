// SPDX-License-Identifier: Apache-2.0
// Labels -> names. An industry is REGION:SECTOR; either part may itself contain a colon, so the
// split that both lists know wins.
import { technologyName } from './technology-names';
import type { Results } from './types';

const MEASURE_WORDS: Record<string, string> = {
  face_value: 'Face value',
  look_through: 'Look-through',
  output_loss_pct: 'Output loss',
  value_added_loss_pct: 'Value-added loss',
  final_use_loss_pct: 'Final-use loss',
};

/** The row of all regions together, where a table has one. */
export const WORLD = 'WORLD';

export interface Industry {
  region: string;
  sector: string;
}

export class Names {
  readonly #regions: Map<string, string>;
  readonly #sectors: Map<string, string>;

  constructor(results: Pick<Results, 'regions' | 'sectors'>) {
    this.#regions = new Map(results.regions.map((r) => [r.label, r.name]));
    this.#sectors = new Map(results.sectors.map((s) => [s.label, s.name]));
  }

  region(label: string): string {
    return this.#regions.get(label) ?? (label === WORLD ? 'World' : label);
  }

  sector(label: string): string {
    return this.#sectors.get(label) ?? label;
  }

  isRegion(label: string): boolean {
    return this.#regions.has(label);
  }

  split(label: string): Industry | null {
    const cuts: Industry[] = [];
    for (let at = label.indexOf(':'); at >= 0; at = label.indexOf(':', at + 1))
      cuts.push({ region: label.slice(0, at), sector: label.slice(at + 1) });
    return (
      cuts.find((cut) => this.#regions.has(cut.region) && this.#sectors.has(cut.sector)) ??
      cuts[0] ??
      null
    );
  }

  industry(label: string): string {
    const cut = this.split(label);
    return cut === null ? label : `${this.region(cut.region)}: ${this.sector(cut.sector)}`;
  }

  /** The name of whatever a column of that name holds. */
  forColumn(column: string, label: string): string {
    if (label === '') return label;
    switch (column) {
      case 'region':
      case 'host':
      case 'largest_foreign':
      case 'sender':
      case 'target':
      case 'player':
      case 'exporter':
      case 'importer':
        return this.#together(label);
      case 'technology':
        return technologyName(label);
      case 'links':
        return this.#links(label);
      case 'product':
      case 'sector':
        return this.sector(label);
      case 'measure':
        return MEASURE_WORDS[label] ?? label;
      case 'industry':
      case 'buyer':
      case 'supplier':
        return this.#anything(label);
      default:
        return label;
    }
  }

  /** Coalitions are joined by a plus. */
  #together(label: string): string {
    if (this.#regions.has(label) || !label.includes('+')) return this.region(label);
    return label
      .split('+')
      .map((each) => this.region(each))
      .join(' + ');
  }

  /** "TWN:C26 ROW:C26" */
  #links(label: string): string {
    const links = label.split(' ');
    const known = links.every((link) => {
      const cut = this.split(link);
      return cut === null ? this.#sectors.has(link) : this.#regions.has(cut.region);
    });
    if (!known) return label;
    return links.map((link) => (link.includes(':') ? this.industry(link) : this.sector(link))).join('; ');
  }

  #anything(label: string): string {
    if (this.#regions.has(label) || label === WORLD) return this.region(label);
    return label.includes(':') ? this.industry(label) : this.sector(label);
  }
}
