// SPDX-License-Identifier: Apache-2.0
// node scripts/inject.mjs <results.json> <out.html> [template.html]
// Fills the template as the library does. For tests and for looking at the report by hand.
import { readFileSync, writeFileSync } from 'node:fs';
import { escapeJson } from './escape.mjs';

const TOKEN = 'LINCHPIN_RESULTS_JSON';

/** @param {string} template @param {string} json @returns {string} */
export function fill(template, json) {
  if (template.split(TOKEN).length !== 2) throw new Error(`${TOKEN} must occur exactly once`);
  return template.replace(TOKEN, () => escapeJson(json));
}

const [results, out, template = 'dist/report/index.html'] = process.argv.slice(2);
if (process.argv[1]?.endsWith('inject.mjs')) {
  if (results === undefined || out === undefined) {
    console.error('usage: node scripts/inject.mjs <results.json> <out.html> [template.html]');
    process.exit(2);
  }
  writeFileSync(out, fill(readFileSync(template, 'utf8'), readFileSync(results, 'utf8')));
  console.log(`wrote ${out}`);
}
