// SPDX-License-Identifier: Apache-2.0
// @vitest-environment jsdom
// Labels are untrusted. Nothing in them may become an element, an attribute or a formula.
import { flushSync, mount, unmount } from 'svelte';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import App from '../src/report/App.svelte';
import { parseResults } from '../src/lib/contract/parse';
import { csvCell, toCsv } from '../src/lib/format/csv';
import { escapeHtml, tooltip } from '../src/lib/format/escape';
import { LIGHT, type ChartEnv } from '../src/lib/charts/look';
import { bars } from '../src/lib/charts/bars';
import { overTime } from '../src/lib/charts/over-time';
import { reliance } from '../src/lib/charts/reliance';
import { fill } from '../scripts/inject.mjs';
import { loadSample, sampleText } from './samples';

const EVIL = '</script><img src=x onerror="window.__pwned=1">';
const env: ChartEnv = { width: 800, look: LIGHT, printing: false };

function elements(html: string): string[] {
  const box = document.createElement('div');
  box.innerHTML = html;
  return [...box.querySelectorAll('*')].map((element) => element.tagName.toLowerCase());
}

describe('tooltips', () => {
  it('escape everything', () => {
    expect(escapeHtml(`<a href="x" title='y'>&`)).toBe(
      '&lt;a href=&quot;x&quot; title=&#39;y&#39;&gt;&amp;',
    );
    expect(new Set(elements(tooltip(EVIL, [{ label: EVIL, value: EVIL }])))).toEqual(
      new Set(['span', 'b']),
    );
  });

  it('of every chart are inert', () => {
    const row = { label: EVIL, value: 1, details: [{ label: EVIL, value: EVIL }] };
    const path = {
      region: EVIL,
      days: [0, 1],
      relative: { output: [1, 0.9], value_added: [], final_use: [] },
    };
    const name = (label: string) => label;
    const supplier = { supplier: EVIL, face: 0.1, through: 0.2, hidden: 0.1, origin: 0.1 };
    const options = [
      bars({ rows: [row], estimated: true }, env),
      overTime({ paths: [path], slots: [0], measure: 'output', name }, env),
      reliance({ rows: [supplier], name, estimated: false }, env),
    ];
    for (const option of options) {
      const frame = option.tooltip as { formatter: (params: unknown) => string };
      const html = frame.formatter([{ dataIndex: 0, seriesIndex: 0, value: [1, 90] }]);
      expect(html).toContain('&lt;/script&gt;');
      expect(elements(html)).not.toContain('img');
    }
  });
});

describe('CSV', () => {
  it('defuses formulas and keeps numbers', () => {
    expect(csvCell('=HYPERLINK("x")')).toBe(`"'=HYPERLINK(""x"")"`);
    for (const start of ['=', '+', '-', '@', '\t', '\r', ' ='])
      expect(csvCell(`${start}1`).replace(/^"/, '')[0]).toBe("'");
    expect(csvCell(-1.5)).toBe('-1.5');
    expect(csvCell(null)).toBe('');
    expect(csvCell('plain')).toBe('plain');
    expect(csvCell('a,b')).toBe('"a,b"');
  });

  it('writes one line a row', () => {
    const table = loadSample('sample').tables.find((t) => t.name === 'position');
    expect(toCsv(table!).trim().split('\r\n')).toHaveLength(9);
  });
});

describe('template', () => {
  it('keeps hostile JSON inside its element, and unchanged', () => {
    const token = ['LINCHPIN', 'RESULTS', 'JSON'].join('_');
    const json = sampleText('hostile');
    const page = fill(
      `<body><script id="linchpin-results" type="application/json">${token}</script></body>`,
      json,
    );
    const opened = new DOMParser().parseFromString(page, 'text/html');
    expect(opened.querySelectorAll('script')).toHaveLength(1);
    expect(opened.querySelectorAll('img')).toHaveLength(0);
    expect(JSON.parse(opened.querySelector('script')?.textContent ?? '')).toEqual(JSON.parse(json));
  });

  it('refuses a template without exactly one place for the data', () => {
    expect(() => fill('nothing', '{}')).toThrow();
  });
});

describe('the whole page', () => {
  let app: Record<string, unknown> | null = null;
  beforeAll(() => {
    window.matchMedia = () => new EventTarget() as MediaQueryList;
    window.ResizeObserver = class {
      observe() {}
      unobserve() {}
      disconnect() {}
    };
  });
  afterEach(async () => {
    if (app !== null) await unmount(app);
    app = null;
    document.body.innerHTML = '';
  });

  function show(source: string): void {
    app = mount(App, { target: document.body, props: { parsed: parseResults(source) } });
    flushSync();
  }

  it('shows hostile labels as text only', () => {
    show(sampleText('hostile'));
    for (const details of document.querySelectorAll('details')) details.open = true;
    flushSync();
    expect(document.querySelectorAll('img, script, iframe, object')).toHaveLength(0);
    expect(document.querySelectorAll('[onerror], [onload], [onclick]')).toHaveLength(0);
    expect(document.querySelector('h1')?.textContent).toContain('</script>');
    expect('__pwned' in window).toBe(false);
  });

  it('says in words what is missing', () => {
    show('{"schema":{"name":"linchpin.results","version":1},"title":"Bare"}');
    const words = document.body.textContent ?? '';
    for (const part of ['no path over time', 'no losses by region', 'no measure of reliance'])
      expect(words).toContain(part);
  });

  it('hides the losses of a report that is only about dependence', () => {
    const columns = ['buyer', 'supplier'].map((name) => ({ name, type: 'text' }));
    const tables = [{ name: 'reliance', columns, data: [['A'], ['B']] }];
    show(JSON.stringify({ schema: { name: 'linchpin.results', version: 1 }, tables }));
    expect(document.querySelector('#dependence')).not.toBeNull();
    expect(document.querySelector('#over-time, #by-region, #sectors')).toBeNull();
    expect(document.querySelector('nav')?.textContent).not.toContain('Over time');
  });

  it('says in words why a page cannot be shown', () => {
    show('{"schema":{"name":"linchpin.results","version":9}}');
    expect(document.body.textContent).toContain('This report cannot be shown');
  });
});
