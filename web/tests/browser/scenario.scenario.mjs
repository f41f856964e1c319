// SPDX-License-Identifier: Apache-2.0
// From the map to the chart: building a scenario, running it, reading what it breaks.
import { readFileSync, writeFileSync } from 'node:fs';

const WORLD = 'world-2022e';
const study = (/** @type {string} */ sellers) =>
  `title = "Test"\nworld = "${WORLD}"\n\n[[scenario]]\nname = "one"\n\n[[scenario.cut]]\n` +
  `sellers = [${sellers}]\nbuyers = ["CHN"]\nsectors = ["C26"]\nfrom_day = 5\n\n[disrupt]\ndays = 40\n`;
const address = (/** @type {string} */ text) =>
  `#/scenario?world=${WORLD}&study=${encodeURIComponent(text)}`;

/** The text of the study as it is shown. @param {import('playwright-core').Page} page */
const text = (page) => page.locator('.editor textarea').inputValue();

/** A click inside a country, which on a map is rarely at the middle of its box.
 * @param {import('playwright-core').Page} page @param {string} region */
async function clickCountry(page, region) {
  const at = await page.evaluate((label) => {
    const path = /** @type {SVGPathElement} */ (document.querySelector(`path[data-region="${label}"]`));
    path.scrollIntoView({ block: 'center' });
    const matrix = path.getScreenCTM();
    const box = path.getBBox();
    for (let i = 1; i < 40; i += 1)
      for (let j = 1; j < 40; j += 1) {
        const point = new DOMPoint(box.x + (box.width * i) / 40, box.y + (box.height * j) / 40);
        if (path.isPointInFill(point)) {
          const seen = point.matrixTransform(matrix ?? undefined);
          if (document.elementFromPoint(seen.x, seen.y) === path) return { x: seen.x, y: seen.y };
        }
      }
    return null;
  }, region);
  if (at === null) throw new Error(`${region} is not on the map`);
  await page.mouse.click(at.x, at.y);
}

export const scenarios = [
  {
    name: 'a scenario goes from the map to the chart',
    /** @param {import('./support.mjs').Test} t */
    async run(t) {
      const page = await t.page();
      await t.go(page, `#/scenario?world=${WORLD}`);
      await page.getByRole('button', { name: 'Begin anew' }).click();
      await clickCountry(page, 'USA');
      await page.getByRole('radio', { name: 'Targets' }).check();
      await clickCountry(page, 'CHN');
      await page.getByLabel('Products').fill('C26');
      await page.getByLabel('Products').press('Enter');
      await page.getByLabel('Days simulated').fill('60');
      await page.getByLabel('Days simulated').press('Tab');
      const made = await text(page);
      for (const part of ['sellers = ["USA"]', 'buyers = ["CHN"]', 'sectors = ["C26"]', 'days = 60'])
        t.check(made.includes(part), `the text has no ${part}: ${made}`);
      await page.getByText('The server finds no fault.').waitFor();
      await page.getByRole('button', { name: 'Run disruption' }).click();
      await page.waitForFunction(() => location.hash.startsWith('#/disruption'));
      await page.getByText(/Over 60 days, final users in China receive/).waitFor();
      await t.quiet(page);
      await page.locator('figure', { hasText: 'over time' }).locator('.chart svg path').first().waitFor({ state: 'attached' });
      t.check((await page.locator('figure').count()) >= 6, 'charts are missing');
      // The link alone shows the same.
      await page.reload();
      await page.getByText(/Over 60 days, final users in China receive/).waitFor();
    },
  },
  {
    name: 'a long run is cancelled where it was started',
    /** @param {import('./support.mjs').Test} t */
    async run(t) {
      const page = await t.page();
      await t.go(page, address(study('"JPN"').replace('days = 40', 'days = 365')));
      await page.getByLabel('Draws').fill('100000');
      await page.getByLabel('Draws').press('Tab');
      await page.getByRole('button', { name: 'Run disruption' }).click();
      await page.getByRole('button', { name: 'Cancel' }).click();
      await page.getByText('This run was cancelled. It has no results.').waitFor();
      t.check(page.url().includes('#/scenario'), 'the page was left');
    },
  },
  {
    name: 'an error stands at its field and at its line',
    /** @param {import('./support.mjs').Test} t */
    async run(t) {
      const page = await t.page();
      await t.go(page, address(study('"USAA"')));
      const field = page.locator('.field', { hasText: 'Senders' });
      await field.locator('.error').waitFor();
      const words = (await field.locator('.error').textContent()) ?? '';
      t.check(words.includes('USAA'), `the field says: ${words}`);
      t.check((await field.locator('[aria-invalid=true]').count()) === 1, 'the field is not marked invalid');
      await page.getByRole('button', { name: 'Line 8' }).click();
      const chosen = await page.evaluate(() => {
        const area = /** @type {HTMLTextAreaElement} */ (document.activeElement);
        return area.value.slice(area.selectionStart, area.selectionEnd);
      });
      t.check(chosen.includes('USAA'), `the line chosen is ${chosen}`);
      await t.axe(page, 'scenario with an error');
      // A refused run says the same, at the line of the study.
      t.expected.push('422');
      await page.getByRole('button', { name: 'Run disruption' }).click();
      await page.locator('.job .problem').waitFor();
      await page.getByRole('button', { name: 'Line 8' }).waitFor();
      // Mended in the text, the error goes.
      await page.locator('.editor textarea').fill(study('"USA"'));
      await page.getByText('The server finds no fault.').waitFor();
      t.check((await field.locator('.error').count()) === 0, 'the error stays');
      // What is no TOML is said at once, and the form keeps the last text that was.
      await page.locator('.editor textarea').fill('world = \n');
      await page.getByText('The text cannot be read').waitFor();
      t.check(await page.getByRole('button', { name: 'Run disruption' }).isDisabled(), 'it can be run');
    },
  },
  {
    name: 'everything is reached by keyboard: list, timeline, run',
    /** @param {import('./support.mjs').Test} t */
    async run(t) {
      const page = await t.page();
      await t.go(page, `#/scenario?world=${WORLD}`);
      await page.getByRole('button', { name: 'Begin anew' }).focus();
      await page.keyboard.press('Enter');
      const tabTo = (/** @type {RegExp} */ name) => t.tabTo(page, name);
      await tabTo(/^Taiwan: Senders$/);
      await page.keyboard.press('Space');
      await tabTo(/^United Kingdom: Targets$/);
      await page.keyboard.press('Space');
      await tabTo(/^First day of Cut-off 1$/);
      for (const key of ['PageUp', 'ArrowRight', 'ArrowRight']) await page.keyboard.press(key);
      await tabTo(/^Full strength of Cut-off 1$/);
      await page.keyboard.press('PageUp');
      await tabTo(/^Last day of Cut-off 1$/);
      await page.keyboard.press('ArrowLeft');
      const made = await text(page);
      for (const part of ['["TWN"]', '["GBR"]', 'from_day = 12', 'ramp_days = 10', 'to_day = 364'])
        t.check(made.includes(part), `the text has no ${part}: ${made}`);
      await tabTo(/^Run disruption$/);
      await page.keyboard.press('Enter');
      await page.waitForFunction(() => location.hash.startsWith('#/disruption'));
      await page.getByText(/final users in United Kingdom receive/).waitFor();
    },
  },
  {
    name: 'bars are dragged, examples open, are changed by the form and stay right',
    /** @param {import('./support.mjs').Test} t */
    async run(t) {
      const page = await t.page();
      await t.go(page, address(study('"USA"')));
      const handle = page.getByRole('slider', { name: 'First day of Cut-off 1' });
      await handle.scrollIntoViewIfNeeded();
      const box = await handle.boundingBox();
      if (box === null) throw new Error('the handle is not drawn');
      const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
      await page.mouse.move(x, y);
      await page.mouse.down();
      await page.mouse.move(x + 60, y, { steps: 5 });
      await page.mouse.up();
      const day = Number(/from_day = (\d+)/.exec(await text(page))?.[1]);
      t.check(day > 5 && day < 40, `the first day is ${day}`);
      const { studies } = await t.get('examples');
      const mine = studies.filter((/** @type {{ kind: string }} */ { kind }) =>
        ['study', 'scenario', 'trade-scenario'].includes(kind),
      );
      t.check(mine.length >= 4, `only ${mine.length} examples`);
      for (const example of mine) {
        // A single scenario names no world; the shipped one is about the sectors of 2011.
        if (example.kind !== 'study') await page.locator('header select').first().selectOption('world-2011');
        await page.getByLabel('Example').selectOption(example.name);
        // The form writes the text anew, with another title.
        await page.getByText('Names and question').click();
        await page.getByLabel('Title of the study').fill('Changed');
        await page.getByLabel('Title of the study').press('Tab');
        const changed = await text(page);
        t.check(changed.includes('"Changed"') && !changed.includes('#'), `${example.name} was not rewritten`);
        const said = await t.post('validate', { kind: 'study', text: changed });
        t.check(said.valid, `${example.name}: ${JSON.stringify(said.findings)}`);
        await page.getByText('Names and question').click();
      }
    },
  },
  {
    name: 'a ban goes from the map to where trade settles; a whole study is run',
    /** @param {import('./support.mjs').Test} t */
    async run(t) {
      const page = await t.page();
      await t.go(page, `#/scenario?world=${WORLD}`);
      await page.getByRole('button', { name: 'Begin anew' }).click();
      await page.getByRole('button', { name: '+ trade settles' }).click();
      await clickCountry(page, 'RUS');
      await page.getByRole('radio', { name: 'Buyers' }).check();
      await clickCountry(page, 'IND');
      await page.getByText('The server finds no fault.').waitFor();
      await page.getByRole('button', { name: 'Run equilibrium' }).click();
      await page.waitForFunction(() => location.hash.startsWith('#/equilibrium'));
      await page.getByText(/Hardest hit: /).waitFor();
      await page.getByText('Parts of the loss of welfare of').waitFor();
      // Another page and back: what was built is still there.
      await page.getByRole('link', { name: 'Scenario', exact: true }).click();
      await page.getByRole('checkbox', { name: 'India: Buyers' }).waitFor();
      await page.getByRole('button', { name: 'Remove “trade-1”' }).click();
      await clickCountry(page, 'CHN');
      await page.getByRole('checkbox', { name: 'Brazil: Targets' }).check();
      await page.getByLabel('Days simulated').fill('30');
      await page.getByLabel('Days simulated').press('Tab');
      await page.getByRole('button', { name: 'Run study' }).click();
      await page.waitForFunction(() => location.hash.startsWith('#/disruption'));
      await page.locator('.results .headline', { hasText: 'Brazil' }).waitFor();
    },
  },
  {
    name: 'files are opened and saved; hostile texts stay texts',
    /** @param {import('./support.mjs').Test} t */
    async run(t) {
      const hostile = '<img src=x onerror=window.__ran=1>';
      const path = t.file('mine.toml');
      writeFileSync(path, `name = "${hostile}"\n[[cut]]\nsellers = ["${hostile}"]\nbuyers = ["CHN"]\n`);
      const page = await t.page();
      await t.go(page, `#/scenario?world=${WORLD}`);
      await page.getByLabel('File with a study or scenario').setInputFiles(path);
      await page.locator('.token', { hasText: 'onerror' }).waitFor();
      await page.locator('.field .error', { hasText: 'onerror' }).waitFor();
      const waiting = page.waitForEvent('download');
      await page.getByRole('button', { name: 'Save as file' }).click();
      const saved = readFileSync((await (await waiting).path()) ?? '', 'utf8');
      t.check(saved === (await text(page)) && saved.includes(`world = "${WORLD}"`), `saved is ${saved}`);
      const ran = await page.evaluate(() => '__ran' in window);
      t.check(!ran && (await page.locator('main img').count()) === 0, 'a label ran as a script');
    },
  },
];
