// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from 'node:fs';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig, type Plugin } from 'vite';
import { inlineHtml, TOKEN } from './plugins/inline-html';
import { escapeJson } from './scripts/escape.mjs';

/** `npm run dev:report` shows the sample; `SAMPLE=fixtures/hostile.json` before it another file. */
function sampleInDev(): Plugin {
  return {
    name: 'linchpin-sample',
    apply: 'serve',
    transformIndexHtml(html) {
      const sample = process.env.SAMPLE ?? 'fixtures/sample.json';
      const json = readFileSync(new URL(sample, import.meta.url), 'utf8');
      return html.replace(TOKEN, () => escapeJson(json));
    },
  };
}

export default defineConfig({
  plugins: [svelte(), sampleInDev(), inlineHtml()],
  server: { open: '/report/' },
  build: {
    outDir: 'dist/report',
    target: 'es2020',
    cssCodeSplit: false,
    modulePreload: false,
    assetsInlineLimit: 10_000_000,
    chunkSizeWarningLimit: 1200,
    reportCompressedSize: false,
    rollupOptions: { input: 'report/index.html', output: { inlineDynamicImports: true } },
  },
});
