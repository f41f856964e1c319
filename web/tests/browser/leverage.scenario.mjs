// SPDX-License-Identifier: Apache-2.0
// Leverage: the matrix by keyboard, chokepoints, a game with its equilibria.

/** @typedef {import('./support.mjs').Test} Test */

const PATIENCE = { timeout: 60_000 };

export const scenarios = [
  {
    name: 'the matrix is walked by arrow keys, a cell says what stands behind it',
    /** @param {Test} t */
    async run(t) {
      const page = await t.page();
      await page.goto('/#/leverage?world=world-2022e');
      await page.locator('table button').first().waitFor(PATIENCE);
      const reached = page.locator('table button[tabindex="0"]');
      t.check((await reached.count()) === 1, 'not exactly one cell is reached by Tab');
      await reached.focus();
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('Enter');
      await page.waitForFunction(() => location.hash.includes('pair='));
      await page.getByRole('heading', { name: 'Sectors behind it' }).waitFor(PATIENCE);
      await page.getByText('Loss ratio', { exact: true }).first().click();
      await page.getByText('costless: no sender loses').waitFor(PATIENCE);
      t.check((await page.locator('table').getByText('Infinity').count()) === 0, 'shows an infinity');
      await t.axe(page, 'leverage');
    },
  },
  {
    name: 'chokepoints are ranked with senders and bounds, a game marks its equilibria',
    /** @param {Test} t */
    async run(t) {
      const page = await t.page();
      await page.goto('/#/leverage?target=USA');
      await page.getByRole('button', { name: 'Find the chokepoints' }).click(PATIENCE);
      const list = page.getByRole('list', { name: /^Chokepoints of/ });
      await list.waitFor(PATIENCE);
      t.check(/Costs the senders/.test(await list.innerText()), 'no losses of senders');
      await page.getByText('By prices alone').click();
      t.check(/[Pp]roven/.test(await list.innerText()), 'no bounds');
      await page.getByText('★ equilibrium').first().waitFor(PATIENCE);
      await page.getByRole('heading', { name: 'Escalation ladder' }).waitFor(PATIENCE);
      for (const width of [768, 390]) {
        await page.setViewportSize({ width, height: 900 });
        await t.fits(page, `leverage at ${width}`);
      }
      // The link shows the same again, without a question.
      t.check(/choke=\d+/.test(page.url()), `the run is not in the address: ${page.url()}`);
      await page.reload();
      await list.waitFor(PATIENCE);
      t.check(/[?&]target=USA/.test(page.url()), 'the link lost its target');
    },
  },
  {
    name: 'another run in the address opens while the page is looked at, with all that it had asked',
    /** @param {Test} t */
    async run(t) {
      const ask = async (/** @type {string} */ kind, /** @type {object} */ body) =>
        (await t.runOf(`leverage/${kind}`, { world: 'world-2022e', ...body })).id;
      const one = await ask('bargain', { first: ['USA'], second: ['CHN'], weight: 0.5 });
      const other = await ask('bargain', { first: ['DEU', 'JPN'], second: ['CHN'], weight: 0.3, sectors: ['C26'] });
      const chips = await ask('chokepoints', { target: 'USA', k: 1, sectors: ['C26'] });
      const cars = await ask('chokepoints', { target: 'DEU', k: 2, sectors: ['C29'] });

      const page = await t.page();
      await page.goto(`/#/leverage?world=world-2022e&threat=bargain&bargain=${one}&choke=${chips}`);
      const words = page.getByText(/to keep (all trade|trade in C26) open/);
      await words.getByText('all trade').or(words).first().waitFor(PATIENCE);
      await page.getByText(/Without United States|Without .* United States would lose/).first().waitFor(PATIENCE);
      const side = page.getByLabel('One side');
      t.check((await side.inputValue()) === 'USA', `the first side is ${await side.inputValue()}`);
      // As a reader does it: in the address, without loading the page anew.
      const go = (/** @type {string} */ from, /** @type {string} */ to) =>
        page.evaluate(([a, b]) => (location.hash = location.hash.replace(a ?? '', b ?? '')), [from, to]);
      await go(`bargain=${one}`, `bargain=${other}`);
      await page.getByText(/to keep trade in C26 open/).first().waitFor(PATIENCE);
      await page.getByText(/asked with sectors C26/).first().waitFor(PATIENCE);
      t.check((await side.inputValue()) === 'DEU+JPN', `the group became ${await side.inputValue()}`);
      await go(`choke=${chips}`, `choke=${cars}`);
      await page.getByText(/Germany would lose/).first().waitFor(PATIENCE);
      t.check(page.url().includes(`choke=${cars}`), `the address went back: ${page.url()}`);
      t.check(page.url().includes(`bargain=${other}`), `the bargain was lost: ${page.url()}`);
      // What no control holds is asked again with the rest.
      const posted = page.waitForRequest((request) => request.method() === 'POST' && request.url().endsWith('/leverage/bargain'));
      await page.getByRole('button', { name: 'What would they agree on?' }).click();
      const body = (await posted).postDataJSON();
      t.check(body.sectors?.join() === 'C26' && body.first.join() === 'DEU,JPN', `asked for ${JSON.stringify(body)}`);
    },
  },
];
