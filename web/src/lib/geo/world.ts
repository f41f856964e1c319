// SPDX-License-Identifier: Apache-2.0
// World map shapes as SVG paths in a fixed frame. Natural Earth data (public domain) by way of
// world-atlas, Natural Earth projection by d3-geo, which also cuts at the antimeridian.
import { geoNaturalEarth1, geoPath } from 'd3-geo';
import type { Feature, FeatureCollection, Geometry } from 'geojson';
import { feature } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import atlas from 'world-atlas/countries-110m.json';

export interface CountryShape {
  id: string;
  name: string;
  path: string;
}

export const MAP_WIDTH = 960;
export const MAP_HEIGHT = 440;

interface Named {
  name: string;
}

const ANTARCTICA = '010';
const WITHOUT_NUMBER: Record<string, string> = { Kosovo: 'XKX' };

function idOf(shape: Feature<Geometry, Named>): string {
  const { name } = shape.properties;
  return shape.id === undefined ? (WITHOUT_NUMBER[name] ?? `name:${name}`) : String(shape.id);
}

function build(): CountryShape[] {
  const topology = atlas as unknown as Topology<{ countries: GeometryCollection<Named> }>;
  const world = feature(topology, topology.objects.countries);
  // Antarctica has no economy and would take a fifth of the height.
  const shown: FeatureCollection<Geometry, Named> = {
    type: 'FeatureCollection',
    features: world.features.filter((shape) => idOf(shape) !== ANTARCTICA),
  };
  const frame: [[number, number], [number, number]] = [
    [4, 4],
    [MAP_WIDTH - 4, MAP_HEIGHT - 4],
  ];
  const path = geoPath(geoNaturalEarth1().fitExtent(frame, shown)).digits(1);
  return shown.features.map((shape) => ({
    id: idOf(shape),
    name: shape.properties.name,
    path: path(shape) ?? '',
  }));
}

let shapes: CountryShape[] | null = null;

/** Built on first use, then shared. */
export function countryShapes(): readonly CountryShape[] {
  shapes ??= build();
  return shapes;
}
