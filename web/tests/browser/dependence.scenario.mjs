// SPDX-License-Identifier: Apache-2.0
// Answers to clicks on the page Dependence, and the slider of the overview.

/** @param {number[]} times */
const median = (times) => [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? NaN;

export const scenarios = [
  {
    name: 'a click on a buyer is answered and painted in time',
    /** @param {import('./support.mjs').Test} t */
    async run(t) {
      const page = await t.page();
      await t.go(page, '#/dependence?world=world-2022e');
      const picker = page.getByLabel('Buyer');
      for (const buyer of ['USA', 'JPN', 'TWN', 'DEU', 'FRA', 'IND']) {
        await picker.selectOption(buyer);
        await t.quiet(page);
      }
      const times = await page.evaluate(() =>
        performance.getEntriesByName('linchpin:dependence').map(({ duration }) => duration),
      );
      t.check(times.length >= 5, `only ${times.length} answers were measured`);
      t.timing('dependence, click to paint, median', median(times.slice(1)), 100);
      // A click on a bar makes its region the buyer; so does one on the map.
      const before = await page.evaluate(() => location.hash);
      await page.locator('main svg path.pickable').first().dispatchEvent('click');
      await page.waitForFunction((hash) => location.hash !== hash, before);
    },
  },
  {
    name: 'charts have tables, and are saved as pictures and as CSV',
    /** @param {import('./support.mjs').Test} t */
    async run(t) {
      const page = await t.page();
      await t.go(page, '#/dependence?world=world-2022e&buyer=CHN');
      for (const [kind, start] of [
        ['PNG', '89504e47'],
        ['SVG', '3c737667'],
        ['CSV', 'efbbbf'],
      ]) {
        const waiting = page.waitForEvent('download');
        await page.getByRole('button', { name: new RegExp(`${kind}$`) }).first().click();
        const download = await waiting;
        const path = await download.path();
        const { readFileSync } = await import('node:fs');
        const head = readFileSync(path).subarray(0, 4).toString('hex');
        t.check(head.startsWith(String(start)), `${kind}: the file starts with ${head}`);
      }
      const figures = await page.locator('figure').count();
      const tables = await page.locator('details summary', { hasText: 'Table of this chart' }).count();
      t.check(figures > 0 && tables >= figures, `${figures} figures but ${tables} tables`);
    },
  },
  {
    name: 'a further measure is chosen, explained and computed',
    /** @param {import('./support.mjs').Test} t */
    async run(t) {
      const page = await t.page();
      await t.go(page, '#/dependence?world=world-2022e&buyer=CHN');
      await page.locator('label', { hasText: 'Choose one' }).locator('select').selectOption('concentration');
      await page.locator('caption', { hasText: 'Import concentration' }).waitFor();
      await page.getByText('Not for:').waitFor();
      t.check(
        (await page.evaluate(() => location.hash)).includes('further=concentration'),
        'the measure is not in the address',
      );
    },
  },
  {
    name: 'the time slider holds thirty frames a second',
    /** @param {import('./support.mjs').Test} t */
    async run(t) {
      const page = await t.page();
      await t.go(page, '#/overview');
      await page.waitForSelector('input[type=range]');
      await page.waitForSelector('main svg path');
      const frames = await page.evaluate(
        () =>
          new Promise((resolve) => {
            const slider = /** @type {HTMLInputElement} */ (
              document.querySelector('input[type=range]')
            );
            const started = performance.now();
            let count = 0;
            let longest = 0;
            let last = started;
            const step = () => {
              const now = performance.now();
              longest = Math.max(longest, now - last);
              last = now;
              count += 1;
              if (now - started > 2000)
                return resolve({ rate: (1000 * count) / (now - started), longest });
              slider.value = String(count % (Number(slider.max) + 1));
              slider.dispatchEvent(new Event('input', { bubbles: true }));
              requestAnimationFrame(step);
            };
            requestAnimationFrame(step);
          }),
      );
      const { rate, longest } = /** @type {{ rate: number, longest: number }} */ (frames);
      console.log(`     time: longest frame ${longest.toFixed(0)} ms`);
      // Frames are counted over whole seconds: one may be missed.
      t.rate('frames', rate, 29, 8);
    },
  },
  {
    name: 'an equilibrium is asked, computed and read in time',
    /** @param {import('./support.mjs').Test} t */
    async run(t) {
      const page = await t.page();
      await t.go(page, '#/runs');
      /** @type {number[]} */
      const times = [];
      for (const add of [0.11, 0.12, 0.13, 0.14, 0.15]) {
        times.push(
          await page.evaluate(async (rise) => {
            const started = performance.now();
            const scenario = `[[tariff]]\nimporters = ["USA"]\nexporters = ["CHN"]\nadd = ${rise}\n`;
            const posted = await fetch('/api/v1/equilibrium', {
              method: 'POST',
              headers: { 'Content-Type': 'application/json' },
              body: JSON.stringify({ world: 'world-2022e', scenario }),
            });
            const { id } = await posted.json();
            // As the pages do it: events until the run ends, then its document.
            await (await fetch(`/api/v1/runs/${id}/events`)).text();
            const answer = await (await fetch(`/api/v1/runs/${id}/results.json`)).json();
            if (answer.answer !== 'solved') throw new Error(JSON.stringify(answer));
            return performance.now() - started;
          }, add),
        );
      }
      t.timing('equilibrium on world-2022e, question to document, median', median(times), 300);
    },
  },
];
