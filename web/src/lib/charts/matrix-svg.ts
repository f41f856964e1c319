// SPDX-License-Identifier: Apache-2.0
// A table of colours as an SVG file: what is on the page as an HTML table, for saving.
import { escapeHtml } from '../format/escape';

export interface MatrixCell {
  text: string;
  /** Colours as the file has them, not variables; null: none. */
  fill: string | null;
  ink: string;
}

export interface Matrix {
  title: string;
  rows: readonly string[];
  columns: readonly string[];
  /** By row, then column; null: nothing. */
  cells: readonly (readonly (MatrixCell | null)[])[];
  ink: string;
  background: string;
}

const WIDTH = 46;
const HEIGHT = 24;
const LEFT = 170;
const TOP = 54;

export function matrixSvg({ title, rows, columns, cells, ink, background }: Matrix): string {
  const width = LEFT + columns.length * WIDTH + 10;
  const height = TOP + rows.length * HEIGHT + 10;
  const word = (text: string, x: number, y: number, anchor: string, fill: string, size = 12) =>
    `<text x="${x}" y="${y}" text-anchor="${anchor}" font-size="${size}" fill="${escapeHtml(fill)}">${escapeHtml(text)}</text>`;
  const drawn = rows.flatMap((row, r) => {
    const y = TOP + r * HEIGHT;
    return [
      word(row.slice(0, 26), LEFT - 6, y + 16, 'end', ink),
      ...columns.flatMap((_, c) => {
        const cell = cells[r]?.[c] ?? null;
        if (cell === null) return [];
        const x = LEFT + c * WIDTH;
        return [
          ...(cell.fill === null
            ? []
            : [
                `<rect x="${x}" y="${y}" width="${WIDTH - 1}" height="${HEIGHT - 1}" fill="${escapeHtml(cell.fill)}"/>`,
              ]),
          word(cell.text, x + WIDTH / 2, y + 16, 'middle', cell.ink, 11),
        ];
      }),
    ];
  });
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" font-family="system-ui, sans-serif">` +
    `<rect width="100%" height="100%" fill="${escapeHtml(background)}"/>` +
    word(title, 8, 20, 'start', ink, 14) +
    columns.map((name, c) => word(name, LEFT + (c + 0.5) * WIDTH, TOP - 8, 'middle', ink)).join('') +
    drawn.join('') +
    '</svg>'
  );
}
