// SPDX-License-Identifier: Apache-2.0
// node scripts/look.mjs <address> <folder> [#/page?params …]
// Pictures of pages of the application at three widths, light and dark (WIDTHS=1440 SCHEMES=light
// for fewer), and what is wrong with them: console errors, sideways scrolling, foreign requests.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

const PAGES = ['overview', 'dependence', 'scenario', 'disruption', 'equilibrium', 'autonomy'];
const [base = 'http://127.0.0.1:5173/', folder = 'shots', ...asked] = process.argv.slice(2);
const hashes = asked.length > 0 ? asked : [...PAGES, 'leverage', 'runs'].map((name) => `#/${name}`);
const widths = (process.env.WIDTHS ?? '1440,768,390').split(',').map(Number);
const schemes = /** @type {('light' | 'dark')[]} */ ((process.env.SCHEMES ?? 'light,dark').split(','));

mkdirSync(folder, { recursive: true });
/** @type {string[]} */
const problems = [];
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-component-update'],
});
try {
  for (const colorScheme of schemes)
    for (const width of widths) {
      const phone = width < 500;
      const context = await browser.newContext({
        viewport: { width, height: 900 },
        colorScheme,
        isMobile: phone,
        hasTouch: phone,
      });
      for (const hash of hashes) {
        const tab = await context.newPage();
        const where = `${hash} ${width} ${colorScheme}`;
        tab.on('console', (message) => {
          if (['error', 'warning'].includes(message.type()))
            problems.push(`${where}: console: ${message.text()}`);
        });
        tab.on('pageerror', (error) => problems.push(`${where}: ${error.message}`));
        tab.on('request', (request) => {
          if (!request.url().startsWith(base) && !/^(data|blob):/.test(request.url()))
            problems.push(`${where}: asks ${request.url()}`);
        });
        await tab.goto(new URL(hash, base).href);
        await tab.waitForSelector('main h1');
        await tab.waitForLoadState('networkidle');
        await tab.waitForTimeout(400);
        const wide = await tab.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        if (wide > 0) problems.push(`${where}: scrolls sideways by ${wide} pixels`);
        const name = hash.replace(/[^\w]+/g, '-').replace(/^-|-$/g, '').slice(0, 60);
        await tab.screenshot({
          path: join(folder, `${name}-${width}-${colorScheme}.png`),
          fullPage: true,
        });
        await tab.close();
      }
      await context.close();
    }
} finally {
  await browser.close();
}
for (const problem of problems) console.error(problem);
console.log(problems.length === 0 ? `pictures in ${folder}, no problems` : 'problems found');
process.exitCode = problems.length === 0 ? 0 : 1;
