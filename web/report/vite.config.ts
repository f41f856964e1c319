// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from 'node:fs';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';
import { inlineHtml, TOKEN } from './inline-html';
import { escapeJson } from './scripts/escape.mjs';

/** `npm run dev` shows the sample; `SAMPLE=fixtures/hostile.json npm run dev` shows another file. */
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
  // `npm run build -- --outDir …` or LINCHPIN_REPORT_OUT both move the output.
  build: {
    outDir: process.env.LINCHPIN_REPORT_OUT ?? 'dist',
    target: 'es2020',
    cssCodeSplit: false,
    modulePreload: false,
    assetsInlineLimit: 10_000_000,
    chunkSizeWarningLimit: 1200,
    reportCompressedSize: false,
    rollupOptions: { output: { inlineDynamicImports: true } },
  },
  resolve: process.env.VITEST ? { conditions: ['browser'] } : {},
  test: { include: ['tests/**/*.test.ts'], environment: 'node' },
});
