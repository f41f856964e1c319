// SPDX-License-Identifier: Apache-2.0
// node scripts/tour.mjs [folder [name …]]
// The pictures of docs/guide/tour.md: real pages of a real server, after runs made here. Fails if a
// picture is larger than 150 KB or a page has errors. LINCHPIN_BINARY, CHROMIUM as for the tests.
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Bench, Test } from '../tests/browser/support.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
const [folder = `${root}docs/guide/images`, ...names] = process.argv.slice(2);
const MOST_BYTES = 150_000;
const WORLD = 'world-2022e';

const cutOff = (/** @type {string} */ sellers, /** @type {string} */ title) =>
  `title = "${title}"\n[[cut]]\nsellers = [${sellers}]\nbuyers = ["CHN"]\nsectors = ["C26"]\nshare = 1.0\nfrom_day = 30\nramp_days = 30\n`;
const tariff = `title = "United States: 25 points more on goods from China"\n[[tariff]]\nimporters = ["USA"]\nexporters = ["CHN"]\nsectors = ["goods"]\nadd = 0.25\n`;

/** PNG to WebP in the browser, which has an encoder at hand. @param {import('playwright-core').Page} page @param {Buffer} png */
async function toWebp(page, png) {
  const url = await page.evaluate(async (data) => {
    const image = new Image();
    image.src = `data:image/png;base64,${data}`;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = image.naturalWidth;
    canvas.height = image.naturalHeight;
    canvas.getContext('2d')?.drawImage(image, 0, 0);
    return canvas.toDataURL('image/webp', 0.82);
  }, png.toString('base64'));
  return Buffer.from(url.slice(url.indexOf(',') + 1), 'base64');
}

mkdirSync(folder, { recursive: true });
const bench = new Bench();
/** @type {string[]} */
let problems = [];
try {
  await bench.open();
  await bench.renew('tour');
  const t = new Test(bench);
  const one = await t.runOf('disrupt', {
    world: WORLD,
    scenario: cutOff('"TWN", "KOR", "JPN", "USA", "NLD", "DEU"', 'Six suppliers stop'),
    days: 365,
  });
  const two = await t.runOf('disrupt', {
    world: WORLD,
    scenario: cutOff('"TWN", "KOR"', 'Taiwan and South Korea stop'),
    days: 365,
  });
  const trade = await t.runOf('equilibrium', { world: WORLD, scenario: tariff });

  /** @type {{ name: string, hash: string, height?: number, from?: string, act?: (page: import('playwright-core').Page) => Promise<unknown> }[]} */
  const stops = [
    { name: 'overview', hash: '#/overview?show=supplier&supplier=CHN', height: 820 },
    { name: 'dependence', hash: '#/dependence?buyer=CHN:C26' },
    { name: 'tiers', hash: '#/dependence?buyer=CHN:C26', height: 720, from: 'Tiers of supply' },
    {
      name: 'scenario',
      hash: `#/disruption?run=${one.id}`,
      act: (page) => page.getByRole('button', { name: 'Open in the scenario builder' }).click(),
    },
    { name: 'disruption', hash: `#/disruption?run=${one.id}` },
    { name: 'equilibrium', hash: `#/equilibrium?run=${trade.id}` },
    { name: 'autonomy', hash: '#/autonomy' },
    { name: 'leverage', hash: '#/leverage' },
    { name: 'runs', hash: `#/runs?compare=${one.id};${two.id}` },
  ];
  const developer = await t.page();
  await developer.goto('about:blank');
  for (const { name, hash, height = 900, from, act } of stops) {
    if (names.length > 0 && !names.includes(name)) continue;
    const page = await t.page({ width: 1280 });
    await page.setViewportSize({ width: 1280, height });
    await t.go(page, hash);
    await act?.(page);
    // Pages that ask a longer question by themselves show how far it is until then.
    await page.waitForTimeout(700);
    await page.locator('main progress').waitFor({ state: 'detached', timeout: 240_000 });
    await t.quiet(page);
    await page.waitForTimeout(500);
    const [nothing] = await page.locator('main .empty', { hasText: 'ships no' }).allTextContents();
    if (nothing !== undefined) t.problems.push(`${name}: ${nothing}`);
    if (from !== undefined)
      await page.locator('h2', { hasText: from }).evaluate((element) => element.scrollIntoView());
    await page.waitForTimeout(200);
    const webp = await toWebp(developer, await page.screenshot());
    writeFileSync(`${folder}/${name}.webp`, webp);
    console.log(`${name}.webp ${(webp.length / 1024).toFixed(0)} KiB`);
    if (webp.length > MOST_BYTES) t.problems.push(`${name}.webp has ${webp.length} bytes`);
    await page.close();
  }
  await t.close();
  problems = t.problems;
} finally {
  await bench.close();
}
for (const problem of problems) console.error(problem);
process.exitCode = problems.length === 0 ? 0 : 1;
