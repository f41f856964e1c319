// SPDX-License-Identifier: Apache-2.0
// Autonomy: sliders rerun the path, draws can be cancelled, presets stand side by side.

/** @typedef {import('./support.mjs').Test} Test */
/** @typedef {import('playwright-core').Page} Page */

const PATIENCE = { timeout: 60_000 };

/** Until the path belongs to the sliders. @param {Page} page */
async function upToDate(page) {
  await page.getByRole('status').filter({ hasText: 'Up to date.' }).waitFor(PATIENCE);
  await page.locator('.answer .chart path').first().waitFor({ ...PATIENCE, state: 'attached' });
}

/** The lines of the autonomy curve. @param {Page} page */
const drawing = (page) =>
  page
    .locator('.answer .chart path')
    .evaluateAll((paths) => paths.map((path) => path.getAttribute('d')).join('|'));

export const scenarios = [
  {
    name: 'a slider moved by the keyboard changes curve and address',
    /** @param {Test} t */
    async run(t) {
      const page = await t.page();
      await page.goto('/#/autonomy');
      await upToDate(page);
      const before = await drawing(page);
      const slider = page.getByRole('slider', { name: 'Production subsidy' });
      await slider.focus();
      const start = Number(await slider.inputValue());
      for (let i = 0; i < 3; i += 1) await page.keyboard.press('ArrowRight');
      t.check(Number(await slider.inputValue()) > start, 'the slider did not move');
      t.check(page.url().includes('production='), 'the address does not hold the move');
      await upToDate(page);
      t.check((await drawing(page)) !== before, 'the curve did not change');
      await page.getByRole('button', { name: 'Back to the study’s numbers' }).click();
      await page.waitForFunction(() => !location.hash.includes('production='));
      await upToDate(page);
      t.check((await drawing(page)) === before, 'back at its numbers the curve is another');
      // A link shows the same again.
      await page.goto('/#/autonomy?mandate=0.55');
      await page.reload();
      await upToDate(page);
      t.check(
        (await page.getByRole('slider', { name: 'Mandate' }).inputValue()) === '0.55',
        'a link does not set the slider',
      );
      await t.axe(page, 'autonomy');
    },
  },
  {
    name: 'draws show progress and can be cancelled',
    /** @param {Test} t */
    async run(t) {
      const page = await t.page();
      await page.goto('/#/autonomy');
      await upToDate(page);
      await page.getByRole('combobox', { name: 'Draws' }).selectOption('1000');
      await page.getByRole('button', { name: 'How sure is it?' }).click();
      await page.getByRole('button', { name: 'Cancel' }).click(PATIENCE);
      await page.getByText('This run was cancelled').waitFor(PATIENCE);
      t.check(
        await page.getByRole('button', { name: 'How sure is it?' }).isEnabled(),
        'cannot ask again after cancelling',
      );
    },
  },
  {
    name: 'a run of the history opens with its own study, not with the one of the page',
    /** @param {Test} t */
    async run(t) {
      const { studies } = await t.get('examples');
      const example = studies.find((/** @type {{ kind: string }} */ each) => each.kind === 'autonomy');
      const study = example.text.replace(/^title = .*$/m, 'title = "A study from elsewhere"');
      const technologies = ['ai-chips'];
      const run = await t.runOf('localize', { study, technologies, draws: 5, seed: 1 });
      const page = await t.page();
      await page.goto('/#/runs');
      await page.getByRole('link', { name: /A study from elsewhere/ }).first().click();
      await upToDate(page);
      await page.getByText('bands: nine draws of ten').first().waitFor(PATIENCE);
      const shown = await page.getByRole('combobox', { name: 'Study' }).locator('option:checked').innerText();
      t.check(shown === 'A study from elsewhere', `another study is shown: ${shown}`);
      t.check(page.url().includes(`run=${run.id}`), `the run is not in the address: ${page.url()}`);
    },
  },
  {
    name: 'presets stand side by side on one scale',
    /** @param {Test} t */
    async run(t) {
      const page = await t.page();
      await page.goto('/#/autonomy');
      await upToDate(page);
      await page.getByRole('button', { name: 'Compare the three' }).click();
      await page.locator('[data-preset="optimist"] .chart svg').waitFor(PATIENCE);
      t.check((await page.locator('[data-preset]').count()) === 3, 'there are not three presets');
      const tops = await page
        .locator('[data-preset] .chart')
        .evaluateAll((charts) =>
          charts.map((chart) => chart.querySelector('svg text')?.textContent ?? ''),
        );
      t.check(new Set(tops).size === 1, `the axes differ: ${tops.join(', ')}`);
      for (const width of [768, 390]) {
        await page.setViewportSize({ width, height: 900 });
        await t.fits(page, `autonomy at ${width}`);
      }
      await page.getByText('binds (in').first().waitFor(PATIENCE);
    },
  },
];
