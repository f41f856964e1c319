// SPDX-License-Identifier: Apache-2.0
// node scripts/screenshots.mjs [results.json] [folder]
// Fills dist/report/index.html, opens it in the system's Chromium, and takes pictures at three widths,
// light and dark, and a PDF. Fails on console errors, network requests and sideways scrolling.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import { fill } from './inject.mjs';

const [source = 'fixtures/sample.json', folder = 'shots'] = process.argv.slice(2);
const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
const WIDTHS = [1440, 768, 390];

mkdirSync(folder, { recursive: true });
const work = mkdtempSync(join(tmpdir(), 'linchpin-report-'));
const page = join(work, 'report.html');
writeFileSync(page, fill(readFileSync('dist/report/index.html', 'utf8'), readFileSync(source, 'utf8')));
const url = pathToFileURL(resolve(page)).href;

/** @type {string[]} */
const problems = [];
const browser = await chromium.launch({
  executablePath,
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-component-update'],
});
try {
  for (const colorScheme of /** @type {const} */ (['light', 'dark']))
    for (const width of WIDTHS) {
      const context = await browser.newContext({
        viewport: { width, height: 900 },
        colorScheme,
        isMobile: width < 500,
        hasTouch: width < 500,
      });
      const tab = await context.newPage();
      const where = `${width} ${colorScheme}`;
      tab.on('console', (message) => {
        if (['error', 'warning'].includes(message.type()))
          problems.push(`${where}: console: ${message.text()}`);
      });
      tab.on('pageerror', (error) => problems.push(`${where}: ${error.message}`));
      tab.on('request', (request) => {
        if (!/^(file|data|blob):/.test(request.url())) problems.push(`${where}: ${request.url()}`);
      });
      await tab.goto(url);
      await tab.waitForSelector('main');
      await tab.waitForTimeout(300);
      const wide = await tab.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      if (wide > 0) problems.push(`${where}: the page scrolls sideways by ${wide} pixels`);
      if (await tab.evaluate(() => '__pwned' in window)) problems.push(`${where}: a label ran`);
      await tab.screenshot({ path: join(folder, `${width}-${colorScheme}.png`), fullPage: true });
      if (width === 1440 && colorScheme === 'dark')
        await tab.pdf({
          path: join(folder, 'print.pdf'),
          preferCSSPageSize: true,
          printBackground: false,
        });
      await context.close();
    }
} finally {
  await browser.close();
  rmSync(work, { recursive: true, force: true });
}
for (const problem of problems) console.error(problem);
console.log(problems.length === 0 ? `pictures in ${folder}, no problems` : 'problems found');
process.exitCode = problems.length === 0 ? 0 : 1;
