// SPDX-License-Identifier: Apache-2.0
// Colours and measures of charts. Series colours keep 3:1 against the surface and differ in
// lightness as well as hue; lines also differ in dashes, so colour is never the only sign.

export interface Look {
  ink: string;
  muted: string;
  rule: string;
  surface: string;
  series: readonly string[];
  loss: string;
  gain: string;
  direct: string;
  through: string;
  whisker: string;
  hatch: string;
}

export const LIGHT: Look = {
  ink: '#1b2430',
  muted: '#55606e',
  rule: '#d9dee4',
  surface: '#ffffff',
  series: ['#0072b2', '#c44e00', '#00795f', '#a23b84', '#8a6a00', '#4d4d4d', '#5b50c8', '#b3261e'],
  loss: '#d9701f',
  gain: '#2f78b7',
  direct: '#0072b2',
  through: '#d9701f',
  whisker: '#1b2430',
  hatch: 'rgba(255,255,255,0.55)',
};

export const DARK: Look = {
  ink: '#e8ecf1',
  muted: '#a9b4c0',
  rule: '#38414c',
  surface: '#161b22',
  series: ['#5cb8f0', '#f58a4b', '#3cc9a3', '#e58ac4', '#e3b93c', '#c7ccd1', '#a9a3ff', '#ff8f86'],
  loss: '#e58a3a',
  gain: '#63a8e0',
  direct: '#5cb8f0',
  through: '#f0964a',
  whisker: '#ffffff',
  hatch: 'rgba(22,27,34,0.6)',
};

export const DASHES = ['solid', 'dashed', 'dotted', [8, 3, 2, 3]] as const;

export interface ChartEnv {
  width: number;
  look: Look;
  printing: boolean;
}

/** In single quotes: ECharts writes it into attributes of its SVG as it is. */
export const FONT =
  "system-ui, -apple-system, 'Segoe UI', Roboto, 'Liberation Sans', Arial, sans-serif";

export function isNarrow(env: ChartEnv): boolean {
  return env.width < 560;
}

/** Colour and dash of the n-th line; the dash changes when the colours are used up. */
export function lineStyle(look: Look, n: number): { color: string; dash: 'solid' | number[] } {
  const color = look.series[n % look.series.length] ?? look.ink;
  const dash = DASHES[Math.floor(n / look.series.length) % DASHES.length];
  if (dash === 'dashed') return { color, dash: [7, 4] };
  if (dash === 'dotted') return { color, dash: [2, 3] };
  return { color, dash: dash === undefined || dash === 'solid' ? 'solid' : [...dash] };
}

/** Stripes that mark estimated data. */
export function estimatedDecal(look: Look) {
  return {
    symbol: 'rect',
    color: look.hatch,
    dashArrayX: [1, 0] as [number, number],
    dashArrayY: [2, 4] as [number, number],
    rotation: -Math.PI / 4,
  };
}
