// SPDX-License-Identifier: Apache-2.0
// node tests/browser/run.mjs [part of a name …]
// Drives the application in the system's Chromium against a real `linchpin serve`. Every
// *.scenario.mjs beside this file exports `scenarios`: a list of { name, run(t) }; see support.mjs
// for what `t` offers. LINCHPIN_BINARY names the program, CHROMIUM the browser.
import { existsSync, readdirSync } from 'node:fs';
import { Bench } from './support.mjs';

const LIMIT_MS = Number(process.env.LINCHPIN_BROWSER_LIMIT ?? 170) * 1000;
const wanted = process.argv.slice(2);
const folder = new URL('.', import.meta.url);

const bench = new Bench();
/** @type {string[]} */
const failed = [];
let passed = 0;
const watchdog = setTimeout(() => {
  console.error(`not done after ${LIMIT_MS / 1000} s`);
  void bench.close().finally(() => process.exit(1));
}, LIMIT_MS);

try {
  if (!existsSync(bench.binary)) throw new Error(`no program at ${bench.binary}: set LINCHPIN_BINARY`);
  await bench.open();
  const files = readdirSync(folder).filter((name) => name.endsWith('.scenario.mjs'));
  for (const file of files.sort()) {
    /** @type {{ scenarios: { name: string, run: (t: import('./support.mjs').Test) => Promise<void> }[] }} */
    const { scenarios } = await import(new URL(file, folder).href);
    const stem = file.replace('.scenario.mjs', '');
    const titled = scenarios
      .map((scenario) => ({ ...scenario, title: `${stem}: ${scenario.name}` }))
      .filter(({ title }) => wanted.length === 0 || wanted.some((part) => title.includes(part)));
    if (titled.length > 0) await bench.renew(stem);
    for (const { title, run } of titled) {
      const started = performance.now();
      const problems = await bench.run(run);
      const seconds = ((performance.now() - started) / 1000).toFixed(1);
      if (problems.length === 0) passed += 1;
      else failed.push(title);
      console.log(`${problems.length === 0 ? 'ok  ' : 'FAIL'} ${title} (${seconds} s)`);
      for (const problem of problems) console.log(`     ${problem}`);
    }
  }
} catch (error) {
  failed.push(String(error));
  console.error(error);
} finally {
  clearTimeout(watchdog);
  await bench.close();
}
console.log(`${passed} passed, ${failed.length} failed`);
process.exitCode = failed.length === 0 && passed > 0 ? 0 : 1;
