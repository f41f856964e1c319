// SPDX-License-Identifier: Apache-2.0
// Lists that are HTML on the page, as SVG files for saving.
import { escapeHtml } from '../format/escape';

const WIDTH = 900;
const MARGIN = 16;
/** Of our fonts at 13 pixels; a careful guess, since nothing is measured here. */
const CHARACTER = 6.9;

/** Words broken into lines that fit; a word longer than a line is broken, too. */
export function broken(text: string, width: number): string[] {
  const most = Math.max(8, Math.floor(width / CHARACTER));
  const lines: string[] = [];
  for (const word of text.split(/\s+/).flatMap((each) => each.match(new RegExp(`.{1,${most}}`, 'gu')) ?? [])) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= most)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

function word(text: string, x: number, y: number, ink: string, size = 13, weight = 400): string {
  return `<text x="${x}" y="${y}" font-size="${size}" font-weight="${weight}" fill="${escapeHtml(ink)}">${escapeHtml(text)}</text>`;
}

function whole(title: string, ink: string, background: string, body: string, height: number): string {
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" font-family="system-ui, sans-serif">` +
    `<rect width="100%" height="100%" fill="${escapeHtml(background)}"/>` +
    word(title, MARGIN, 26, ink, 16, 600) +
    body +
    '</svg>'
  );
}

export interface BarsList {
  title: string;
  rows: readonly {
    label: string;
    value: number | null;
    low: number | null;
    high: number | null;
    written: string;
  }[];
  /** Value of the longest bar. */
  most: number;
  colours: { ink: string; bar: string; background: string };
}

/** Names, each with a bar below it and the band of its draws. */
export function barsSvg({ title, rows, most, colours }: BarsList): string {
  const long = WIDTH - 2 * MARGIN - 190;
  const at = (value: number) => MARGIN + Math.max(0, Math.min(1, value / most)) * long;
  let y = 56;
  const parts: string[] = [];
  for (const row of rows) {
    for (const line of broken(row.label, WIDTH - 2 * MARGIN)) {
      parts.push(word(line, MARGIN, y, colours.ink));
      y += 18;
    }
    const end = at(row.value ?? 0);
    parts.push(
      `<rect x="${MARGIN}" y="${y - 11}" width="${(end - MARGIN).toFixed(1)}" height="12" fill="${escapeHtml(colours.bar)}"/>`,
      word(row.written, Math.max(end, at(row.high ?? 0)) + 8, y, colours.ink),
    );
    if (row.low !== null && row.high !== null)
      parts.push(
        `<path d="M${at(row.low).toFixed(1)} ${y - 9}v8m0 -4H${at(row.high).toFixed(1)}m0 -4v8" fill="none" stroke="${escapeHtml(colours.ink)}" stroke-width="1.5"/>`,
      );
    y += 26;
  }
  return whole(title, colours.ink, colours.background, parts.join(''), y);
}

export interface LinesList {
  title: string;
  lines: readonly { text: string; strong: boolean }[];
  ink: string;
  background: string;
}

export function linesSvg({ title, lines, ink, background }: LinesList): string {
  let y = 50;
  const parts: string[] = [];
  for (const { text, strong } of lines) {
    if (strong) y += 8;
    for (const line of broken(text, WIDTH - 2 * MARGIN - 20)) {
      parts.push(word(line, strong ? MARGIN : MARGIN + 20, y, ink, 13, strong ? 600 : 400));
      y += 18;
    }
  }
  return whole(title, ink, background, parts.join(''), y + 4);
}
