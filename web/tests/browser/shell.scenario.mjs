// SPDX-License-Identifier: Apache-2.0
// Navigation, keyboard, permalinks, themes.

export const scenarios = [
  {
    name: 'everything on the dependence page is reached and used by keyboard alone',
    /** @param {import('./support.mjs').Test} t */
    async run(t) {
      const page = await t.page();
      await t.go(page, '#/overview');
      await page.keyboard.press('Tab');
      const first = await page.evaluate(() => document.activeElement?.textContent?.trim());
      t.check(first === 'Skip to the content', `the first stop is “${first}”`);
      await page.keyboard.press('Enter');
      t.check(
        await page.evaluate(() => document.activeElement?.id === 'main'),
        'the skip link does not move the focus',
      );
      // Back to the navigation: Dependence is its second link.
      await page.locator('nav a', { hasText: 'Dependence' }).focus();
      await page.keyboard.press('Enter');
      await page.waitForSelector('h1:text("Dependence")');
      await t.quiet(page);
      t.check(
        await page.evaluate(() => document.activeElement?.id === 'main'),
        'a new page does not get the focus',
      );
      // Choose another buyer without the mouse.
      await page.keyboard.press('Tab');
      await page.keyboard.press('ArrowDown');
      await page.waitForFunction(() => location.hash.includes('buyer='));
      await t.quiet(page);
      /** @type {Set<string>} */
      const stops = new Set();
      let hidden = 0;
      for (let i = 0; i < 60; i += 1) {
        await page.keyboard.press('Tab');
        const stop = await page.evaluate(() => {
          const element = document.activeElement;
          if (!(element instanceof HTMLElement) || element === document.body) return null;
          const box = element.getBoundingClientRect();
          const style = getComputedStyle(element);
          const ring = style.outlineStyle !== 'none' || element.matches('input');
          const seen = box.width > 0 && box.height > 0 && ring;
          const words = element.getAttribute('aria-label') ?? element.textContent ?? '';
          return { words: `${element.tagName} ${words.trim().slice(0, 60)}`, seen };
        });
        if (stop === null) break;
        stops.add(stop.words);
        if (!stop.seen) hidden += 1;
      }
      t.check(hidden === 0, `${hidden} stops do not show where the focus is`);
      for (const wanted of ['PNG', 'CSV', 'Table of this chart'])
        t.check(
          [...stops].some((words) => words.includes(wanted)),
          `“${wanted}” is not reached by the Tab key: ${[...stops].join(' | ')}`,
        );
      // A table opens with the keyboard.
      await page.locator('summary', { hasText: 'Table of this chart' }).first().focus();
      await page.keyboard.press('Enter');
      await page.waitForSelector('table');
    },
  },
  {
    name: 'a link shows the same state again, and Back goes a step back',
    /** @param {import('./support.mjs').Test} t */
    async run(t) {
      const page = await t.page();
      await t.go(page, '#/dependence?world=world-2011&buyer=DEU:c15&measure=face_value');
      const words = await page.locator('.headline').textContent();
      t.check(words?.includes('Germany') === true, `the headline says “${words}”`);
      const chosen = await page.locator('select').nth(0).inputValue();
      t.check(chosen === 'world-2011', `the world is ${chosen}`);
      await page.getByLabel('Buyer').selectOption('FRA');
      await page.waitForFunction(() => location.hash.includes('buyer=FRA'));
      await page.goBack();
      await page.waitForFunction(() => location.hash.includes('buyer=DEU'));
      await t.quiet(page);
      t.check(
        (await page.getByLabel('Buyer').inputValue()) === 'DEU',
        'Back does not bring the buyer back',
      );
    },
  },
  {
    name: 'the theme that was chosen stays',
    /** @param {import('./support.mjs').Test} t */
    async run(t) {
      const page = await t.page({ scheme: 'light' });
      await t.go(page, '#/runs');
      await page.getByLabel('Colours').selectOption('dark');
      await page.reload();
      await page.waitForSelector('main h1');
      const theme = await page.evaluate(() => document.documentElement.dataset['theme']);
      t.check(theme === 'dark', `the theme is ${theme}`);
    },
  },
  {
    name: 'the menu opens and closes on a phone',
    /** @param {import('./support.mjs').Test} t */
    async run(t) {
      const page = await t.page({ width: 390 });
      await t.go(page, '#/overview');
      t.check(!(await page.locator('nav').isVisible()), 'the menu is open at the start');
      await page.getByRole('button', { name: 'Menu' }).click();
      await page.locator('nav a', { hasText: 'Runs' }).click();
      await page.waitForSelector('h1:text("Runs")');
      t.check(!(await page.locator('nav').isVisible()), 'the menu stays open');
    },
  },
  {
    name: 'a page is made once, whatever changes in its address',
    /** @param {import('./support.mjs').Test} t */
    async run(t) {
      const cut = '[[cut]]\nsellers = ["TWN"]\nbuyers = ["CHN"]\nsectors = ["C26"]\nshare = 1.0\n';
      const run = await t.runOf('disrupt', { world: 'world-2022e', scenario: cut, days: 10 });
      const { id } = await t.runOf('leverage/game', { game: 'title = "t"\n[[player]]\nname = "A"\nactions = ["x"]\n[[player]]\nname = "B"\nactions = ["y"]\n[[outcome]]\nplay = {A = "x", B = "y"}\npayoffs = {A = 1, B = 1}\n' });
      const page = await t.page();
      // Counts headings of pages that come, those of “Loading.” apart.
      await page.addInitScript(() => {
        Object.assign(window, { __made: [] });
        new MutationObserver((changes) => {
          for (const { addedNodes } of changes)
            for (const node of addedNodes)
              if (node instanceof HTMLHeadingElement && node.tagName === 'H1' && node.nextElementSibling?.textContent !== 'Loading.')
                // @ts-expect-error put there above
                window.__made.push(node.textContent);
        }).observe(document, { childList: true, subtree: true });
      });
      const links = [
        // The world of the address is not that of the run: the page corrects it.
        `disruption?run=${run.id}&world=world-2011`,
        'dependence?world=world-2011&buyer=DEU',
        'scenario?world=world-2011',
        `leverage?game_run=${id}`,
        'equilibrium?seller=USA&buyer=CHN',
        'overview?world=world-2011',
      ];
      for (const link of links) {
        await page.goto('about:blank');
        await t.go(page, '#/runs');
        await page.evaluate((hash) => {
          Object.assign(window, { __made: [] });
          location.hash = hash;
        }, `#/${link}`);
        await page.waitForFunction(() => document.querySelector('main h1')?.textContent !== 'Runs');
        await t.quiet(page);
        await page.evaluate(() => (location.hash += `${location.hash.includes('?') ? '&' : '?'}world=world-2022e`));
        await t.quiet(page);
        // @ts-expect-error put there above
        const made = await page.evaluate(() => /** @type {string[]} */ (window.__made));
        t.check(made.length === 1, `${link} was made ${made.length} times: ${made.join(', ')}`);
      }
    },
  },
];
