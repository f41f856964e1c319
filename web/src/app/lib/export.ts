// SPDX-License-Identifier: Apache-2.0
// Saving charts and texts as files. Made inside the page: nothing goes over a network.
import { FONT } from '../../lib/charts/look';
import type { Chart } from '../../lib/charts/setup';

export function fileName(title: string, ending: string): string {
  const stem = title
    .normalize('NFKD')
    .replace(/[^\w]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 80)
    .toLowerCase();
  return `${stem === '' ? 'linchpin' : stem}.${ending}`;
}

export function saveBlob(blob: Blob, name: string) {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}

export function saveText(text: string, name: string, type = 'text/plain;charset=utf-8') {
  saveBlob(new Blob([text], { type }), name);
}

const DRAWN = ['fill', 'stroke', 'stroke-width', 'opacity', 'font-family', 'font-size'] as const;

/** The drawing itself, as the browser shows it: what style sheets say is written into it. */
export function svgOf(element: SVGElement, background: string): string {
  const copy = element.cloneNode(true) as SVGElement;
  const { width, height } = element.getBoundingClientRect();
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  copy.setAttribute('width', String(Math.round(width)));
  copy.setAttribute('height', String(Math.round(height)));
  copy.style.background = background;
  const copies = copy.querySelectorAll<SVGElement>('*');
  element.querySelectorAll<SVGElement>('*').forEach((each, i) => {
    const style = getComputedStyle(each);
    for (const name of DRAWN) copies[i]?.setAttribute(name, style.getPropertyValue(name));
    copies[i]?.removeAttribute('class');
  });
  return new XMLSerializer().serializeToString(copy);
}

export function chartSvg(chart: Chart): string {
  return chart.renderToSVGString();
}

/** Draws an SVG at twice its size, on an opaque ground. */
export async function svgToPng(svg: string, background: string): Promise<Blob> {
  const url = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = image.naturalWidth * 2;
    canvas.height = image.naturalHeight * 2;
    const pen = canvas.getContext('2d');
    if (pen === null) throw new Error('this browser cannot draw pictures');
    pen.fillStyle = background;
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((resolve, reject) =>
      canvas.toBlob(
        (blob) => (blob === null ? reject(new Error('the picture is too large')) : resolve(blob)),
        'image/png',
      ),
    );
  } finally {
    URL.revokeObjectURL(url);
  }
}

export interface LegendItem {
  colour: string;
  text: string;
}

/** Legends are HTML beside the drawing; a picture must carry them along. */
export function legendOf(figure: Element): LegendItem[] {
  const items = figure.querySelectorAll('.legend li, p.legend > span, ul.items li');
  return [...items].flatMap((item) => {
    const line = item.querySelector('line');
    const mark = line ?? item.querySelector('svg rect, i, .swatch');
    const text = item.textContent?.trim() ?? '';
    if (mark === null || text === '') return [];
    const style = getComputedStyle(mark);
    const colour =
      line !== null ? style.stroke : mark instanceof SVGElement ? style.fill : style.backgroundColor;
    return [{ colour, text }];
  });
}

const LINE = 18;
/** Of our fonts at 13 pixels; a careful guess, since nothing is measured here. */
const CHARACTER = 6.9;

/** Words broken into lines that fit. */
export function wrapText(text: string, width: number): string[] {
  const most = Math.max(8, Math.floor(width / CHARACTER));
  const lines: string[] = [];
  for (const word of text.split(/\s+/)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= most)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

/** Puts title, what is measured, legend and source around a drawing, so that it can stand alone. */
export function framed(
  svg: string,
  words: { title: string; subtitle: string; foot: string; legend: readonly LegendItem[] },
  colours: { ground: string; ink: string; muted: string },
): string {
  const source = new DOMParser().parseFromString(svg, 'image/svg+xml');
  if (source.querySelector('parsererror') !== null)
    throw new Error('the drawing of this chart cannot be read');
  const parsed = source.documentElement;
  const inner = Number(parsed.getAttribute('width')) || 800;
  const height = Number(parsed.getAttribute('height')) || 400;
  const width = inner + 32;
  const space = 'http://www.w3.org/2000/svg';
  const root = document.createElementNS(space, 'svg');
  const add = (name: string, attributes: Record<string, string | number>, text = '') => {
    const element = document.createElementNS(space, name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
    element.textContent = text;
    root.append(element);
  };
  const write = (text: string, x: number, y: number, fill: string, size = 13, weight = 400) =>
    add('text', { x, y, fill, 'font-size': size, 'font-weight': weight, 'font-family': FONT }, text);

  add('rect', { width: '100%', height: '100%', fill: colours.ground });
  let y = 28;
  for (const line of wrapText(words.title, (inner * 13) / 17)) {
    write(line, 16, y, colours.ink, 17, 600);
    y += 22;
  }
  for (const line of wrapText(words.subtitle, inner)) {
    write(line, 16, y, colours.muted);
    y += LINE;
  }
  let x = 16;
  if (words.legend.length > 0) y += 4;
  for (const { colour, text } of words.legend) {
    const long = 34 + text.length * CHARACTER;
    if (x > 16 && x + long > inner) {
      x = 16;
      y += LINE;
    }
    add('rect', { x, y: y - 10, width: 18, height: 11, fill: colour, stroke: colours.muted });
    write(text, x + 24, y, colours.ink);
    x += long;
  }
  y += 10;
  parsed.setAttribute('x', '16');
  parsed.setAttribute('y', String(y));
  root.append(document.importNode(parsed, true));
  y += height + LINE;
  for (const line of wrapText(words.foot, inner)) {
    write(line, 16, y, colours.muted, 12);
    y += LINE - 2;
  }
  root.setAttribute('xmlns', space);
  root.setAttribute('width', String(width));
  root.setAttribute('height', String(y + 4));
  return new XMLSerializer().serializeToString(root);
}
