// SPDX-License-Identifier: Apache-2.0
// Every page at three widths, light and dark: nothing scrolls sideways, no errors, no serious
// findings of axe.
import { PAGES } from './support.mjs';

const CUT = '[[cut]]\nsellers = ["TWN"]\nbuyers = ["CHN"]\nsectors = ["C26"]\nshare = 1.0\nfrom_day = 5\n';

export const scenarios = [
  {
    name: 'the first page is painted soon, before any chart is loaded',
    /** @param {import('./support.mjs').Test} t */
    async run(t) {
      const page = await t.page();
      await page.goto('/');
      await page.waitForSelector('main h1');
      await page.waitForFunction(() => performance.getEntriesByType('paint').length > 1);
      const paint = await page.evaluate(
        () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? NaN,
      );
      t.timing('first contentful paint', paint, 1500);
      await t.quiet(page);
      const scripts = await page.evaluate(() =>
        performance
          .getEntriesByType('resource')
          .filter((each) => each.name.endsWith('.js'))
          .reduce(
            (sum, each) =>
              sum + /** @type {PerformanceResourceTiming} */ (each).encodedBodySize,
            0,
          ),
      );
      console.log(`     size: scripts of the first page ${(scripts / 1024).toFixed(0)} KiB`);
      t.check(scripts > 0 && scripts < 1024 * 1024, `scripts of the first page: ${scripts} bytes`);
    },
  },
  ...[1440, 768, 390].flatMap((width) => (/** @type {const} */ (['light', 'dark'])).map((scheme) => ({
    name: `all pages at ${width} pixels, ${scheme}`,
    /** @param {import('./support.mjs').Test} t */
    async run(t) {
      await t.runOf('disrupt', { world: 'world-2022e', scenario: CUT, days: 60 });
      const page = await t.page({ width, scheme });
      for (const name of PAGES) {
        const query = name === 'runs' ? '?compare=1' : name === 'disruption' ? '?run=1' : '';
        await t.go(page, `#/${name}${query}`);
        t.check(
          (await page.locator('main h1').count()) === 1,
          `${name}: there is not exactly one first heading`,
        );
        await t.fits(page, `${name} at ${width}`);
        await t.axe(page, `${name} at ${width}, ${scheme}`);
      }
    },
  }))),
];
