// SPDX-License-Identifier: Apache-2.0
// Pieces that every chart shares: text, axes, tooltip frame, label wrapping.
import { FONT, isNarrow, type ChartEnv } from './look';

/** Breaks at spaces into lines of about `width` characters; what does not fit ends in an ellipsis. */
export function wrapLabel(text: string, width: number, lines: number): string {
  const out: string[] = [];
  let line = '';
  // Line breaks inside labels would shift the lines of the axis.
  for (const word of text.replace(/\s+/g, ' ').trim().split(' ')) {
    const joined = line === '' ? word : `${line} ${word}`;
    if (joined.length <= width || line === '') line = joined;
    else {
      out.push(line);
      line = word;
    }
  }
  out.push(line);
  const cut = (part: string) => (part.length > width ? `${part.slice(0, width - 1)}…` : part);
  if (out.length <= lines) return out.map(cut).join('\n');
  const last = `${out[lines - 1] ?? ''} …`;
  return [...out.slice(0, lines - 1).map(cut), cut(last)].join('\n');
}

export function textStyle(env: ChartEnv) {
  return { fontFamily: FONT, fontSize: 12, color: env.look.ink };
}

export function valueAxis(env: ChartEnv, format: (value: number) => string) {
  return {
    type: 'value' as const,
    splitNumber: isNarrow(env) ? 2 : 6,
    // Not `format` itself: an axis also hands out the position of a label, which is no number of decimals.
    axisLabel: { color: env.look.muted, formatter: (value: number) => format(value), hideOverlap: true },
    splitLine: { lineStyle: { color: env.look.rule } },
    axisLine: { show: false },
    axisTick: { show: false },
  };
}

/** Width that row labels may take, in pixels and in characters. */
export function labelRoom(env: ChartEnv, wide = 250): { pixels: number; characters: number } {
  const pixels = Math.round(Math.min(wide, env.width * (env.printing ? 0.5 : 0.4)));
  return { pixels, characters: Math.floor(pixels / 6.3) };
}

/** Rows from top to bottom, labels wrapped by us so that they never leave the chart. */
export function rowAxis(env: ChartEnv, labels: readonly string[], wide?: number) {
  const room = labelRoom(env, wide);
  // Rows on paper are too close together for two lines.
  const lines = env.printing ? 1 : 2;
  return {
    type: 'category' as const,
    inverse: true,
    data: labels.map((_, row) => String(row)),
    axisLabel: {
      color: env.look.ink,
      interval: 0,
      lineHeight: 14,
      formatter: (_: string, row: number) => wrapLabel(labels[row] ?? '', room.characters, lines),
    },
    axisLine: { lineStyle: { color: env.look.rule } },
    axisTick: { show: false },
  };
}

export function tooltipFrame(env: ChartEnv) {
  return {
    show: !env.printing,
    confine: true,
    backgroundColor: env.look.surface,
    borderColor: env.look.muted,
    borderWidth: 1,
    padding: [8, 10],
    textStyle: { ...textStyle(env), fontSize: 13 },
    extraCssText: 'max-width:min(340px,80vw);white-space:normal;box-shadow:none;',
  };
}
