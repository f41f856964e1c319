// SPDX-License-Identifier: Apache-2.0
// Without a mouse: from the map of the first page over a scenario and its run to charts and tables.

export const scenarios = [
  {
    name: 'from the map to a scenario, its run, its charts and a comparison, by keyboard alone',
    /** @param {import('./support.mjs').Test} t */
    async run(t) {
      const page = await t.page();
      await t.go(page, '#/overview?world=world-2022e');
      const press = async (/** @type {string[]} */ ...keys) => {
        for (const key of keys) await page.keyboard.press(key);
      };
      const to = (/** @type {RegExp} */ name) => t.tabTo(page, name);

      // The map of the first page: what it shows is chosen, its numbers are a table.
      await to(/^Show/i);
      await press('ArrowDown');
      await page.waitForFunction(() => location.hash.includes('show='));
      await t.quiet(page);
      await to(/^Table of this chart/);
      await press('Enter');
      await page.waitForSelector('main table');

      // To the builder: the navigation comes before the content.
      await page.keyboard.press('Control+Home');
      await page.evaluate(() => /** @type {HTMLElement | null} */ (document.activeElement)?.blur());
      await to(/^Scenario$/);
      await press('Enter');
      await page.waitForSelector('h1:text("Scenario")');
      await t.quiet(page);
      await to(/^Begin anew$/);
      await press('Enter');
      await to(/^Taiwan: Senders$/);
      await press('Space');
      await to(/^China: Targets$/);
      await press('Space');
      await to(/^Products/);
      await page.keyboard.type('C26');
      await press('Enter');
      const made = await page.locator('.editor textarea').inputValue();
      for (const part of ['["TWN"]', '["CHN"]', '["C26"]'])
        t.check(made.includes(part), `the text has no ${part}: ${made}`);
      await to(/^Days simulated/);
      await press('Control+A');
      await page.keyboard.type('50');
      await to(/^Run disruption$/);
      await press('Enter');

      // The run shows itself: days, regions, files, tables.
      await page.waitForFunction(() => location.hash.startsWith('#/disruption'));
      await page.getByText(/Over 50 days, final users in China receive/).waitFor();
      await t.quiet(page);
      await to(/^Measure|Output$/);
      await to(/as PNG$/);
      const [file] = await Promise.all([page.waitForEvent('download'), press('Enter')]);
      t.check(file.suggestedFilename().endsWith('.png'), `the file is ${file.suggestedFilename()}`);
      await to(/^Table of this chart/);
      await press('Enter');
      await page.waitForSelector('main details[open] table');
      await to(/^Day|^Line/);
      await press('Enter');
      await page.waitForSelector('th[aria-sort=descending], th[aria-sort=ascending]');
      const day = page.getByRole('slider', { name: 'Day' });
      // A heading of the open table has the same name.
      do await to(/^Day$/);
      while (!(await day.evaluate((each) => each === document.activeElement)));
      const before = await day.inputValue();
      await press('ArrowLeft');
      t.check((await day.inputValue()) !== before, 'the day of the map does not move by keys');
      await to(/^Region/);
      await press('ArrowDown');
      await page.waitForFunction(() => location.hash.includes('sectors='));

      // Beside another run.
      const other = '[[cut]]\nsellers = ["KOR"]\nbuyers = ["CHN"]\nsectors = ["C26"]\n';
      const run = await t.runOf('disrupt', { world: 'world-2022e', scenario: other, days: 50 });
      await page.evaluate(() => /** @type {HTMLElement | null} */ (document.activeElement)?.blur());
      await page.goto('about:blank');
      await t.go(page, '#/runs');
      for (const id of [run.id, run.id - 1]) {
        await to(new RegExp(`^Compare run ${id}$`));
        await press('Space');
      }
      await page.waitForSelector('.figures figure');
      await to(/^Figures/);
      await press('ArrowDown');
      await page.waitForSelector('.figures[data-figures=days][aria-busy=false]');
    },
  },
];
