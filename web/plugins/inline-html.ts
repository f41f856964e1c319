// SPDX-License-Identifier: Apache-2.0
// Turns Vite's output into one HTML file and seals it with a content security policy.
import { createHash } from 'node:crypto';
import type { Plugin, Rollup } from 'vite';

/** What the C++ side replaces by the escaped JSON; it must occur exactly once in the template. */
export const TOKEN = ['LINCHPIN', 'RESULTS', 'JSON'].join('_');

const SCRIPT_TAG = /<script type="module"[^>]*\ssrc="[^"]*"[^>]*><\/script>\s*/g;
const STYLE_TAG = /<link rel="stylesheet"[^>]*>\s*/g;

/** Browsers hash the text of the element after newlines are normalised, so we normalise first. */
function normalise(text: string): string {
  return text.replace(/\r\n?/g, '\n');
}

/** Inside <script>, only these two sequences can end or confuse the element. */
function safeScript(code: string): string {
  return normalise(code)
    .replace(/<\/(script)/gi, '<\\/$1')
    .replace(/<!--/g, '<\\!--')
    .trim();
}

function hashSource(text: string): string {
  return `'sha256-${createHash('sha256').update(text, 'utf8').digest('base64')}'`;
}

/**
 * Only the script we built may run: it is named by its hash, so neither a label nor an injected
 * attribute can execute. Styles stay 'unsafe-inline' because charts set style attributes.
 */
function policy(script: string): string {
  return [
    "default-src 'none'",
    `script-src ${hashSource(script)}`,
    "style-src 'unsafe-inline'",
    'img-src data:',
    'font-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}

export function inlineHtml(): Plugin {
  return {
    name: 'linchpin-inline-html',
    apply: 'build',
    enforce: 'post',
    generateBundle(_options, bundle) {
      const files = Object.values(bundle);
      const page = files.find((file) => /(^|\/)index\.html$/.test(file.fileName));
      if (page === undefined || page.type !== 'asset') this.error('index.html was not emitted');
      const chunks = files.filter((file): file is Rollup.OutputChunk => file.type === 'chunk');
      const rest = files.filter(
        (file): file is Rollup.OutputAsset => file.type === 'asset' && file !== page,
      );
      const styles = rest.filter((file) => file.fileName.endsWith('.css'));
      if (chunks.length !== 1) this.error(`expected one script, found ${chunks.length}`);
      if (rest.length !== styles.length) this.error('an asset is not inlined');

      const script = safeScript(chunks[0]!.code);
      const style = normalise(styles.map((file) => String(file.source)).join('\n')).trim();
      if (/<\/style/i.test(style)) this.error('the style sheet would end its own element');

      // Function replacements, because `$&` in code would otherwise be read as a pattern.
      const html = String(page.source)
        .replace(SCRIPT_TAG, '')
        .replace(STYLE_TAG, '')
        .replace(
          '<head>',
          () =>
            `<head>\n    <meta charset="utf-8">\n    <meta http-equiv="Content-Security-Policy" ` +
            `content="${policy(script)}">`,
        )
        .replace('</head>', () => `  <style>${style}</style>\n  </head>`)
        .replace('</body>', () => `  <script type="module">${script}</script>\n  </body>`);
      if (html.split(TOKEN).length !== 2) this.error(`${TOKEN} must occur exactly once`);

      page.source = html;
      // The page's folder in the sources is none of its readers' business.
      page.fileName = 'index.html';
      for (const file of [...chunks, ...styles]) delete bundle[file.fileName];
    },
  };
}
