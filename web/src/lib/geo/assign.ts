// SPDX-License-Identifier: Apache-2.0
// Which region of the table a country on the map belongs to.
import type { Region } from '../contract/types';
import { numericCode } from './iso';

export interface Assignment {
  /** Country id on the map -> region label. */
  regionOf: Map<string, string>;
  /** Regions without any shape on this map (too small to be drawn, or without countries). */
  undrawn: string[];
  /** Member codes that are not ISO 3166 alpha-3. */
  unknownCodes: string[];
}

/** A region without members that stands for all countries not named by another region. */
export function isRestOfWorld(region: Region): boolean {
  if (region.members.length > 0) return false;
  return (
    /^(row|rest|rst|wld_rest|rest_of_world|rotw)$/i.test(region.label) ||
    /^rest of (the )?world\b/i.test(region.name)
  );
}

/** `countries` are the ids of the shapes on the map. A country named twice stays with the first. */
export function assignCountries(
  regions: readonly Region[],
  countries: readonly string[],
): Assignment {
  const regionOf = new Map<string, string>();
  const unknownCodes: string[] = [];
  const named = new Set<string>();
  const shapes = new Set(countries);
  for (const region of regions)
    for (const member of region.members) {
      const id = numericCode(member);
      if (id === null) unknownCodes.push(member);
      else if (!named.has(id)) {
        named.add(id);
        if (shapes.has(id)) regionOf.set(id, region.label);
      }
    }
  const rest = regions.find(isRestOfWorld);
  if (rest !== undefined)
    for (const id of countries) if (!named.has(id)) regionOf.set(id, rest.label);

  const drawn = new Set(regionOf.values());
  return {
    regionOf,
    undrawn: regions.filter((region) => !drawn.has(region.label)).map((region) => region.label),
    unknownCodes,
  };
}
