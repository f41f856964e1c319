// SPDX-License-Identifier: Apache-2.0
// Labels that try to break out: through every page with results, tooltips and saved files.
import { readFileSync, writeFileSync } from 'node:fs';

const HOSTILE = '<img src=x onerror=window.__ran=1>';
const FORMULA = '=1+1';
const PATIENCE = { timeout: 60_000 };

/** Nothing ran, nothing became an element. @param {import('./support.mjs').Test} t @param {import('playwright-core').Page} page @param {string} where */
async function harmless(t, page, where) {
  const ran = await page.evaluate(() => '__ran' in window);
  t.check(!ran, `${where}: a label ran`);
  t.check((await page.locator('img').count()) === 0, `${where}: a label became an element`);
}

/** Points at charts, cells and maps, so that tooltips open. @param {import('playwright-core').Page} page */
async function hover(page) {
  let tips = 0;
  for (const chart of (await page.locator('main .chart').all()).slice(0, 5)) {
    await chart.scrollIntoViewIfNeeded();
    const box = await chart.boundingBox();
    if (box === null) continue;
    for (const [x, y] of [[0.5, 0.5], [0.35, 0.2]])
      await page.mouse.move(box.x + box.width * (x ?? 0), box.y + box.height * (y ?? 0), { steps: 2 });
    await page.waitForTimeout(60);
    tips += await chart.locator('div').filter({ hasText: /./ }).count();
  }
  return tips;
}

/** Saves every figure in all forms and looks into the files. @param {import('./support.mjs').Test} t @param {import('playwright-core').Page} page @param {string} where */
async function save(t, page, where) {
  for (const [kind, most] of /** @type {[string, number][]} */ ([['SVG', 3], ['PNG', 1], ['CSV', 3]]))
    for (const button of (await page.locator('.export button', { hasText: kind }).all()).slice(0, most)) {
      const [download] = await Promise.all([page.waitForEvent('download'), button.click()]);
      const bytes = readFileSync(await download.path());
      t.check(bytes.length > 60, `${where}: the ${kind} file has ${bytes.length} bytes`);
      const words = bytes.toString('utf8');
      if (kind === 'SVG') {
        const found = await page.evaluate((source) => {
          const parsed = new DOMParser().parseFromString(source, 'image/svg+xml');
          return parsed.querySelector('parsererror, img, script, foreignObject') === null;
        }, words);
        t.check(found, `${where}: ${download.suggestedFilename()} is broken, or holds more than a drawing`);
      }
      if (kind === 'CSV')
        t.check(!/(^|[,\r\n])"?[=+@]/.test(words), `${where}: a formula in ${download.suggestedFilename()}`);
    }
}

export const scenarios = [
  {
    name: 'labels stay texts in disruption, equilibrium, leverage, tooltips and files',
    /** @param {import('./support.mjs').Test} t */
    async run(t) {
      const page = await t.page();
      /** Sends a table with hostile regions; answers the id of its world. @param {string} name @param {string[]} sectors */
      const upload = async (name, sectors) => {
        const rows = ['seller_region,seller_sector,buyer_region,buyer,kind,value'];
        const regions = [HOSTILE, FORMULA, 'CCC'];
        for (const seller of regions)
          for (const sold of sectors)
            for (const buyer of regions) {
              const home = seller === buyer;
              for (const used of sectors) rows.push(`${seller},${sold},${buyer},${used},intermediate,${home ? 9 : 3}`);
              rows.push(`${seller},${sold},${buyer},HH,final,${home ? 60 : 8}`);
            }
        const file = t.file(`${name}.csv`);
        writeFileSync(file, `${rows.join('\n')}\n`);
        await page.goto('about:blank');
        await t.go(page, '#/runs');
        await page.getByLabel('File').setInputFiles(file);
        await page.getByLabel('Name').fill(name);
        await page.getByRole('button', { name: 'Send and check' }).click();
        const link = page.getByRole('link', { name: 'Look at it' });
        await link.waitFor(PATIENCE);
        return /world=([^&]+)/.exec((await link.getAttribute('href')) ?? '')?.[1] ?? '';
      };
      const world = await upload('hostile-sectors', [HOSTILE, FORMULA]);
      // Trade elasticities are known for sectors of known names only.
      const trading = await upload('hostile-regions', ['C26', 'C27']);
      const list = (/** @type {string} */ label) => JSON.stringify([label]);
      const scenario = `name = ${JSON.stringify(HOSTILE)}\n[[cut]]\nsellers = ${list(HOSTILE)}\nbuyers = ["CCC"]\nsectors = ${list(HOSTILE)}\nshare = 1.0\n`;
      const days = await t.runOf('disrupt', { world, scenario, days: 30 });
      const policy = `[[ban]]\nimporters = ["CCC"]\nexporters = ${list(HOSTILE)}\nsectors = ["C26"]\n`;
      const trade = await t.runOf('equilibrium', { world: trading, scenario: policy, parts: 4 });
      const power = await t.runOf('leverage/power', { world: trading, days: 1 });
      const points = await t.runOf('leverage/chokepoints', { world: trading, target: 'CCC', k: 1 });
      const game = await t.runOf('leverage/game', {
        game: `title = ${JSON.stringify(HOSTILE)}\n[[player]]\nname = "A"\nactions = [${JSON.stringify(HOSTILE)}]\n[[player]]\nname = "B"\nactions = ["y"]\n[[outcome]]\nplay = {A = ${JSON.stringify(HOSTILE)}, B = "y"}\npayoffs = {A = 1, B = 1}\n`,
      });
      const pages = [
        [`#/disruption?run=${days.id}&world=${world}`, '.results .headline'],
        [`#/equilibrium?run=${trade.id}&world=${trading}`, '.results .headline'],
        [`#/leverage?power=${power.id}&choke=${points.id}&game_run=${game.id}&target=CCC&world=${trading}`, 'table button'],
        [`#/dependence?world=${world}`, 'main .chart svg'],
        [`#/runs?compare=${days.id};${trade.id}`, '.figures .chart svg'],
        [`#/runs?compare=${power.id};${points.id};${game.id}&figures=games`, '.figures table'],
      ];
      for (const [hash = '', ready = ''] of pages) {
        await page.goto('about:blank');
        await page.goto(`/${hash}`);
        await page.locator(ready).first().waitFor(PATIENCE);
        await t.quiet(page);
        const where = hash.slice(2, 24);
        const tips = await hover(page);
        await harmless(t, page, where);
        if (await page.locator('main .chart').count()) t.check(tips > 0, `${where}: no tooltip opened`);
        await save(t, page, where);
        await harmless(t, page, `${where}, files`);
      }
    },
  },
];
