// SPDX-License-Identifier: Apache-2.0
// What threats are worth, partial cuts, bills of materials: asked on the page, drawn with tables, shown
// again by their link.

/** @typedef {import('./support.mjs').Test} Test */

const PATIENCE = { timeout: 60_000 };

/** The figure of a title. @param {import('playwright-core').Page} page @param {string | RegExp} title */
const figure = (page, title) => page.locator('.whole').filter({ has: page.getByRole('heading', { name: title }) });

export const scenarios = [
  {
    name: 'a bargain is asked, drawn, and asked again by its weight; the link shows it',
    /** @param {Test} t */
    async run(t) {
      const page = await t.page();
      await page.goto('/#/leverage?world=world-2022e&target=CHN');
      await page.getByRole('button', { name: 'What would they agree on?' }).click(PATIENCE);
      const drawn = figure(page, 'What a break would cost each side');
      await drawn.locator('.chart svg').waitFor(PATIENCE);
      const words = await drawn.innerText();
      t.check(/would pay .* a year/.test(words), `nobody pays: ${words}`);
      t.check(/estimated/i.test(words), 'does not say that data are estimated');
      const run = new URL(page.url().replace('#/', '')).searchParams.get('bargain');
      const weight = page.getByRole('slider', { name: /Bargaining weight/ });
      await weight.focus();
      await page.keyboard.press('Home');
      await page.waitForFunction(
        (old) => new URL(location.href.replace('#/', '')).searchParams.get('bargain') !== old,
        run,
        PATIENCE,
      );
      await drawn.getByText('of the bargaining weight').waitFor(PATIENCE);
      await page.reload();
      await drawn.locator('.chart svg').waitFor(PATIENCE);
      t.check((await page.getByRole('slider', { name: /Bargaining weight/ }).inputValue()) === '0', 'the link lost the weight');
    },
  },
  {
    name: 'signals shade where only the resilient would, a frontier moves its point by the keyboard',
    /** @param {Test} t */
    async run(t) {
      const page = await t.page();
      await page.goto('/#/leverage?world=world-2022e&target=JPN&threat=signal');
      await page.getByRole('button', { name: 'Can it show resilience?' }).click(PATIENCE);
      const signal = figure(page, /show that it needs/);
      await signal.locator('.chart svg').waitFor(PATIENCE);
      t.check(/resilient/.test(await signal.innerText()), 'no words about types');
      await page.getByText('What does less exposure cost?', { exact: true }).first().click();
      await page.getByRole('button', { name: 'What does less exposure cost?' }).click(PATIENCE);
      const plan = figure(page, 'What the plan buys elsewhere');
      await plan.locator('.chart svg').waitFor(PATIENCE);
      const slider = plan.getByRole('slider');
      await slider.focus();
      const before = await slider.getAttribute('aria-valuetext');
      await page.keyboard.press('ArrowLeft');
      t.check((await slider.getAttribute('aria-valuetext')) !== before, 'the point did not move');
      for (const width of [768, 390]) {
        await page.setViewportSize({ width, height: 900 });
        await t.fits(page, `threats at ${width}`);
      }
      await t.axe(page, 'threats');
    },
  },
  {
    name: 'a partial cut is asked for, and says what it took',
    /** @param {Test} t */
    async run(t) {
      const page = await t.page();
      await page.goto('/#/leverage?world=world-2022e&target=DEU');
      const share = page.getByRole('slider', { name: /Share denied/ });
      await share.waitFor(PATIENCE);
      await share.fill('0.5');
      await page.getByRole('button', { name: 'Find the chokepoints' }).click(PATIENCE);
      const list = page.getByRole('list', { name: /^Chokepoints of/ });
      await list.waitFor(PATIENCE);
      const words = await list.innerText();
      t.check(/Denied: 50/.test(words), `does not say how much is denied: ${words.slice(0, 200)}`);
    },
  },
  {
    name: 'a supply tree answers at once, and follows the technology',
    /** @param {Test} t */
    async run(t) {
      const page = await t.page();
      await page.goto('/#/leverage?world=world-2022e&target=CHN');
      const tree = figure(page, /^What each stage hangs on: AI accelerators/);
      await tree.locator('.chart svg').waitFor(PATIENCE);
      t.check(/cannot be made/.test(await tree.innerText()), 'does not say what stops the product');
      await page.getByRole('combobox', { name: 'Technology' }).selectOption('electric-vehicles');
      await figure(page, /^What each stage hangs on: Electric cars/).waitFor(PATIENCE);
      t.check(page.url().includes('tree=electric-vehicles'), 'the technology is not in the address');
    },
  },
  {
    name: 'autonomy shows the bill of materials, losses by sector, and denial, each with its table',
    /** @param {Test} t */
    async run(t) {
      const page = await t.page();
      await page.goto('/#/autonomy');
      for (const title of ['The bill of materials', 'What others lose, by country and sector']) {
        const drawn = figure(page, title);
        await drawn.locator('.chart svg').waitFor(PATIENCE);
        await drawn.getByText(/Table of this chart/).click();
        await drawn.getByRole('table').waitFor(PATIENCE);
      }
      const losses = figure(page, 'What others lose, by country and sector');
      const slider = losses.getByRole('slider');
      await slider.focus();
      await page.keyboard.press('Home');
      t.check((await slider.getAttribute('aria-valuetext')) !== null, 'the slider does not say its year');
      await page.setViewportSize({ width: 390, height: 900 });
      await t.fits(page, 'autonomy at 390');
      await t.axe(page, 'autonomy outputs');
    },
  },
];
