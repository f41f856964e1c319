// SPDX-License-Identifier: Apache-2.0
// Pages of results: days that play, two runs beside each other, a quick question about trade.

const WORLD = 'world-2022e';

export const scenarios = [
  {
    name: 'days play at thirty frames a second, and two runs are compared',
    /** @param {import('./support.mjs').Test} t */
    async run(t) {
      const scenario = (/** @type {string} */ seller) =>
        `[[cut]]\nsellers = ["${seller}"]\nbuyers = ["CHN"]\nsectors = ["C26"]\nfrom_day = 5\n`;
      const a = await t.runOf('disrupt', { world: WORLD, scenario: scenario('TWN') });
      const b = await t.runOf('disrupt', { world: WORLD, scenario: scenario('KOR') });
      const page = await t.page();
      await t.go(page, `#/disruption?run=${a.id}&with=${b.id}`);
      await page.getByText(/How much more is lost than in run/).waitFor();
      await page.locator('.player').scrollIntoViewIfNeeded();
      const rate = page.evaluate(
        () =>
          new Promise((resolve) => {
            const output = document.querySelector('.player output');
            /** @type {number[]} */
            const times = [];
            const seen = new MutationObserver(() => times.push(performance.now()));
            seen.observe(/** @type {Node} */ (output), { characterData: true, childList: true, subtree: true });
            setTimeout(() => {
              seen.disconnect();
              const span = (times.at(-1) ?? 0) - (times[0] ?? 0);
              resolve((1000 * (times.length - 1)) / span);
            }, 2500);
          }),
      );
      await page.getByRole('button', { name: '▶ Play' }).click();
      const frames = Number(await rate);
      t.rate('days on the map', frames, 29, 10);
      await page.getByRole('button', { name: 'Pause' }).click();
      const slider = page.getByRole('slider', { name: 'Day' });
      await slider.focus();
      const before = await slider.inputValue();
      await page.keyboard.press('ArrowLeft');
      t.check(Number(await slider.inputValue()) === Number(before) - 1, 'the slider does not move by keys');
      await t.axe(page, 'disruption with a run');
    },
  },
  {
    name: 'a quick what-if is asked, computed and painted in time',
    /** @param {import('./support.mjs').Test} t */
    async run(t) {
      // Never asked before, so never answered from what is kept.
      const rate = (10 + 10 * Math.random()).toFixed(2);
      const page = await t.page();
      await t.go(page, `#/equilibrium?world=${WORLD}&seller=USA&buyer=CHN&sector=C26&policy=tariff&rate=${rate}`);
      await page.locator('.results .headline').waitFor();
      for (const seller of ['JPN', 'KOR', 'TWN', 'DEU', 'NLD', 'FRA', 'GBR']) {
        const shown = await page.locator('.results').getAttribute('data-run');
        await page.getByLabel('Seller').selectOption(seller);
        await page.waitForFunction((before) => {
          const now = document.querySelector('.results')?.getAttribute('data-run') ?? null;
          return now !== null && now !== before;
        }, shown);
        await t.quiet(page);
      }
      await page.getByRole('radio', { name: 'Ban' }).check();
      await page.getByText('no longer sells').waitFor();
      await page.getByRole('radio', { name: 'Tariff' }).check();
      await page.getByLabel('Tariff, %').fill('40');
      await page.getByText(/levies 40\s%/).first().waitFor();
      await t.quiet(page);
      await page.getByLabel('Tariff, %').fill('-3');
      await page.getByText('Write a number from 0 to 500, in per cent.').waitFor();
      const times = await page.evaluate(() =>
        performance.getEntriesByName('linchpin:what-if').map(({ duration }) => duration),
      );
      t.check(times.length >= 7, `only ${times.length} answers were measured`);
      const sorted = times.slice(1).sort((a, b) => a - b);
      t.timing('what-if on world-2022e, click to paint, median', sorted[Math.floor(sorted.length / 2)] ?? NaN, 300);
      await t.axe(page, 'equilibrium with an answer');
    },
  },
  {
    name: 'the first charts of a study do not wait for its longest table',
    /** @param {import('./support.mjs').Test} t */
    async run(t) {
      const study =
        `title = "Long"\nworld = "${WORLD}"\n\n[[scenario]]\nname = "one"\n\n[[scenario.cut]]\n` +
        'sellers = ["TWN"]\nbuyers = ["CHN"]\nsectors = ["C26"]\nfrom_day = 5\n\n[disrupt]\ndays = 60\n';
      const { id } = await t.runOf('studies', { study });
      const page = await t.page();
      /** @type {string[]} */
      const asked = [];
      /** @type {() => void} */
      let release = () => undefined;
      const held = new Promise((done) => (release = () => done(undefined)));
      await page.context().route(/tables=industry_over_time/, async (route) => {
        await held;
        await route.continue();
      });
      page.on('request', (request) => asked.push(request.url()));
      await page.goto(`/#/disruption?run=${id}`);
      await page.locator('.results .chart svg path').first().waitFor({ state: 'attached' });
      await page.getByText('Reading output by industry and day.').waitFor();
      t.check(!asked.some((url) => url.endsWith('/results.json')), 'the whole document was read');
      release();
      await page.getByText('Loss of output, % of the baseline').first().waitFor();
      await page.locator('figure', { hasText: 'day by day' }).locator('.chart svg path').first().waitFor({ state: 'attached' });
      t.check((await page.getByText('Reading output by industry and day.').count()) === 0, 'the words stay');
    },
  },
  {
    name: 'pages with results fit phones and tablets, light and dark',
    /** @param {import('./support.mjs').Test} t */
    async run(t) {
      const scenario = '[[cut]]\nsellers = ["TWN"]\nbuyers = ["CHN"]\nsectors = ["C26"]\nshare = 0.5\n';
      const { id } = await t.runOf('disrupt', { world: WORLD, scenario, days: 30 });
      const hashes = [
        '#/scenario',
        `#/disruption?run=${id}`,
        `#/equilibrium?world=${WORLD}&seller=TWN&buyer=CHN&sector=C26`,
      ];
      for (const [width, scheme] of /** @type {[number, 'light' | 'dark'][]} */ ([[390, 'dark'], [768, 'light']])) {
        const page = await t.page({ width, scheme });
        for (const hash of hashes) {
          await t.go(page, hash);
          await t.fits(page, `${hash.slice(0, 20)} at ${width}`);
        }
      }
    },
  },
  {
    name: 'a run is opened in the builder as it was posted',
    /** @param {import('./support.mjs').Test} t */
    async run(t) {
      const scenario = '[[cut]]\nsellers = ["NLD"]\nbuyers = ["CHN"]\nsectors = ["C28"]\nfrom_day = 3\n';
      const { id } = await t.runOf('disrupt', { world: WORLD, scenario, days: 25, draws: 16, seed: 4 });
      const page = await t.page();
      await t.go(page, `#/disruption?run=${id}`);
      await page.getByRole('button', { name: 'Open in the scenario builder' }).click();
      await page.getByRole('checkbox', { name: 'Netherlands: Senders' }).waitFor();
      t.check(await page.getByRole('checkbox', { name: 'Netherlands: Senders' }).isChecked(), 'the sender is lost');
      const made = await page.locator('.editor textarea').inputValue();
      for (const part of ['["C28"]', 'from_day = 3', 'days = 25', 'draws = 16', 'seed = 4'])
        t.check(made.includes(part), `the text has no ${part}: ${made}`);
      await page.getByText('The server finds no fault.').waitFor();
      // A quick question goes the same way.
      await t.go(page, `#/equilibrium?world=${WORLD}&seller=DEU&buyer=FRA&sector=C29&policy=ban`);
      await page.getByRole('link', { name: 'Build a larger scenario from this' }).click();
      await page.getByRole('checkbox', { name: 'France: Buyers' }).waitFor();
      t.check(await page.getByRole('checkbox', { name: 'Germany: Sellers' }).isChecked(), 'the seller is lost');
    },
  },
];
