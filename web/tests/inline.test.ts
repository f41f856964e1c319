// SPDX-License-Identifier: Apache-2.0
// The build step: one file, one place for the data, a script that its own policy allows.
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { inlineHtml, TOKEN } from '../plugins/inline-html';

const PAGE = `<html>
  <head>
    <script type="module" crossorigin src="/assets/index.js"></script>
    <link rel="stylesheet" crossorigin href="/assets/index.css">
  </head>
  <body><script id="linchpin-results" type="application/json">${TOKEN}</script></body>
</html>`;

interface Asset {
  type: 'asset' | 'chunk';
  fileName: string;
  source?: string;
  code?: string;
}

function build(code: string, css: string, page = PAGE): { html: string; files: string[] } {
  const bundle: Record<string, Asset> = {
    'index.html': { type: 'asset', fileName: 'index.html', source: page },
    'index.js': { type: 'chunk', fileName: 'index.js', code },
    'index.css': { type: 'asset', fileName: 'index.css', source: css },
  };
  const context = {
    error(message: string): never {
      throw new Error(message);
    },
  };
  const hook = inlineHtml().generateBundle as unknown as (
    this: typeof context,
    options: object,
    files: Record<string, Asset>,
  ) => void;
  hook.call(context, {}, bundle);
  return { html: bundle['index.html']?.source ?? '', files: Object.keys(bundle) };
}

describe('inlineHtml', () => {
  it('leaves one file whose script matches the hash in the policy', () => {
    const { html, files } = build('const a = "$& $1";\r\nconst b = "</script>";', 'a{}');
    expect(files).toEqual(['index.html']);
    expect(html).not.toMatch(/ (src|href)=/);
    const script = /<script type="module">([\s\S]*?)<\/script>/.exec(html)?.[1] ?? '';
    expect(script).toBe('const a = "$& $1";\nconst b = "<\\/script>";');
    const hash = createHash('sha256').update(script).digest('base64');
    expect(html).toContain(`script-src 'sha256-${hash}'`);
    expect(html).toContain("default-src 'none'");
    expect(html.split(TOKEN)).toHaveLength(2);
  });

  it('refuses a second place for the data, and styles that end their element', () => {
    expect(() => build(`const a = "${TOKEN}";`, 'a{}')).toThrow('exactly once');
    expect(() => build('', 'a{content:"</style>"}')).toThrow('style sheet');
  });
});
