// SPDX-License-Identifier: Apache-2.0
// Pages whose answers have come: audited by axe and measured at three widths, light and dark.

const WORLD = 'world-2022e';
const PATIENCE = { timeout: 60_000 };
/** @type {[number, 'light' | 'dark'][]} */
const SCREENS = [
  [1440, 'light'],
  [1440, 'dark'],
  [768, 'light'],
  [390, 'light'],
  [390, 'dark'],
];

/** @param {import('./support.mjs').Test} t @param {string} what @param {string} hash @param {string[]} ready */
async function audit(t, what, hash, ready) {
  for (const [width, scheme] of SCREENS) {
    const page = await t.page({ width, scheme });
    await page.goto(`/${hash}`);
    for (const selector of ready) await page.locator(selector).first().waitFor({ ...PATIENCE, state: 'attached' });
    await t.quiet(page);
    await t.fits(page, `${what} at ${width}`);
    await t.axe(page, `${what} at ${width}, ${scheme}`);
    await page.context().close();
  }
}

export const scenarios = [
  {
    name: 'equilibrium with an answer',
    /** @param {import('./support.mjs').Test} t */
    run: (t) =>
      audit(t, 'equilibrium', `#/equilibrium?world=${WORLD}&seller=USA&buyer=CHN&sector=C26`, [
        '.results .headline',
        'h2:text("What the change is made of")',
        '.results .chart svg',
      ]),
  },
  {
    name: 'autonomy with an answer',
    /** @param {import('./support.mjs').Test} t */
    async run(t) {
      const { studies } = await t.get('examples');
      const text = studies.find((/** @type {{ kind: string }} */ { kind }) => kind === 'autonomy').text;
      const { id } = await t.runOf('localize', { study: text, technologies: ['electric-vehicles'], draws: 8, seed: 1 });
      await audit(t, 'autonomy', `#/autonomy?run=${id}`, ['.answer .chart path']);
    },
  },
  {
    name: 'leverage with answers',
    /** @param {import('./support.mjs').Test} t */
    async run(t) {
      const power = await t.runOf('leverage/power', { world: WORLD, sectors: ['C26', 'C27'], days: 1 });
      const points = await t.runOf('leverage/chokepoints', { world: WORLD, target: 'CHN', k: 1, sectors: ['C26', 'C27'] });
      const defence = await t.runOf('leverage/defend', { world: WORLD, target: 'CHN', k: 1, attack_links: 1 });
      await audit(
        t,
        'leverage',
        `#/leverage?world=${WORLD}&target=CHN&power=${power.id}&choke=${points.id}&defend=${defence.id}&pair=TWN;CHN`,
        ['table button', 'ol[aria-label^="Chokepoints of"]', 'h3:text("Before and after")'],
      );
    },
  },
  {
    name: 'disruption with an answer',
    /** @param {import('./support.mjs').Test} t */
    async run(t) {
      const scenario = '[[cut]]\nsellers = ["TWN"]\nbuyers = ["CHN"]\nsectors = ["C26"]\nfrom_day = 5\n';
      const { id } = await t.runOf('disrupt', { world: WORLD, scenario, days: 40, draws: 8, seed: 1 });
      await audit(t, 'disruption', `#/disruption?run=${id}`, ['.results .headline', '.results .chart svg']);
    },
  },
];
