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
];
