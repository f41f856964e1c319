// SPDX-License-Identifier: Apache-2.0
// Runs of every kind side by side: columns on a wide screen, below each other on a narrow one, one
// scale, differences in a table, a link that shows the same again, files to save.
import { readFileSync } from 'node:fs';

const WORLD = 'world-2022e';
const cut = (/** @type {string} */ seller) =>
  `[[cut]]\nsellers = ["${seller}"]\nbuyers = ["CHN"]\nsectors = ["C26"]\nshare = 1.0\nfrom_day = 5\n`;
const ban = (/** @type {string} */ importer) =>
  `[[ban]]\nimporters = ["${importer}"]\nexporters = ["${importer === 'CHN' ? 'USA' : 'CHN'}"]\nsectors = ["C26"]\n`;
const game = (/** @type {number} */ loss) => `title = "Chips against minerals"
[[player]]
name = "USA"
actions = ["nothing", "ban"]
[[player]]
name = "CHN"
actions = ["nothing", "ban"]
[[outcome]]
play = {USA = "nothing", CHN = "nothing"}
payoffs = {USA = 0, CHN = 0}
[[outcome]]
play = {USA = "ban", CHN = "nothing"}
payoffs = {USA = 0.2, CHN = -3}
[[outcome]]
play = {USA = "nothing", CHN = "ban"}
payoffs = {USA = -1.5, CHN = 0.1}
[[outcome]]
play = {USA = "ban", CHN = "ban"}
payoffs = {USA = -2, CHN = ${loss}}
`;

/** Opens a comparison and waits for its figures. @param {import('./support.mjs').Test} t @param {import('playwright-core').Page} page */
async function compare(t, page, /** @type {number[]} */ ids, figures = '', width = 1440) {
  await page.goto('about:blank');
  await page.goto(`/#/runs?compare=${ids.join(';')}${figures === '' ? '' : `&figures=${figures}`}`);
  await page.waitForSelector('.figures:not([aria-busy=true]) :is(figure, table)');
  await t.quiet(page);
  await t.fits(page, `${figures} at ${width}`);
}

/** How many of these stand beside each other. @param {import('playwright-core').Locator} boxes */
async function inFirstRow(boxes) {
  const places = await boxes.evaluateAll((all) => all.map((each) => Math.round(each.getBoundingClientRect().top)));
  return places.filter((top) => top === places[0]).length;
}

export const scenarios = [
  {
    name: 'figures of every kind of run, on one scale, for links and as files',
    /** @param {import('./support.mjs').Test} t */
    async run(t) {
      const runs = async (/** @type {string} */ path, /** @type {object[]} */ bodies) => {
        const ids = [];
        for (const body of bodies) ids.push((await t.runOf(path, body)).id);
        return ids;
      };
      const days = await runs('disrupt', ['TWN', 'KOR'].map((seller) => ({ world: WORLD, scenario: cut(seller), days: 40 })));
      const trade = await runs('equilibrium', ['CHN', 'USA'].map((importer) => ({ world: WORLD, scenario: ban(importer), parts: 4 })));
      const power = await runs('leverage/power', [['C26'], ['C26', 'C27']].map((sectors) => ({ world: WORLD, sectors, days: 1 })));
      const points = await runs('leverage/chokepoints', ['CHN', 'USA'].map((target) => ({ world: WORLD, target, k: 1, sectors: ['C26', 'C27'] })));
      const games = await runs('leverage/game', [-2.5, -0.5].map((loss) => ({ game: game(loss) })));

      const page = await t.page();
      await compare(t, page, days, 'sectors');
      const columns = page.locator('.columns > section');
      t.check((await columns.count()) === 2 && (await inFirstRow(columns)) === 2, 'two heat maps are not beside each other');
      const legends = await page.locator('.columns .legend').allTextContents();
      t.check(legends.length === 2 && legends[0] === legends[1], `heat maps differ in their classes: ${legends.join(' | ')}`);
      await compare(t, page, days, 'days');
      t.check((await page.getByText('Difference: second less first').count()) > 0, 'key numbers have no difference');

      await compare(t, page, trade, 'trade');
      const titles = await page.locator('.figures figcaption h3').allTextContents();
      for (const part of ['Prices in', 'Parts of the loss of welfare', 'Fall of deliveries'])
        t.check(titles.some((title) => title.startsWith(part)), `no figure “${part}”: ${titles.join('; ')}`);

      await compare(t, page, power);
      t.check((await page.locator('.columns table[class]').count()) === 2, 'there are not two matrices of power');
      const classes = await page.locator('.columns .legend').allTextContents();
      t.check(classes[0] === classes[1], 'matrices of power differ in their classes');

      await compare(t, page, points);
      // Bars share one scale: only one of the lists has a bar of full length.
      const full = await page.locator('.columns .fill').evaluateAll((all) => all.filter((each) => /** @type {HTMLElement} */ (each).style.width === '100%').length);
      t.check(full === 1, `${full} bars of full length in two lists`);
      for (const kind of ['SVG', 'PNG', 'CSV']) {
        const [download] = await Promise.all([
          page.waitForEvent('download'),
          page.locator('.columns .export button', { hasText: kind }).first().click(),
        ]);
        const bytes = readFileSync(await download.path());
        t.check(bytes.length > 200, `the ${kind} file has ${bytes.length} bytes`);
      }

      await compare(t, page, games);
      const table = page.locator('.figures table', { hasText: 'Equilibrium in run' }).first();
      t.check(/China: ban; United States: ban/.test((await table.textContent()) ?? ''), 'payoffs are not lined up by play');
      await t.axe(page, 'payoffs side by side');

      // Different questions: words for what a run lacks.
      await compare(t, page, [days[0] ?? 0, trade[0] ?? 0, power[0] ?? 0], 'trade');
      t.check((await page.locator('[data-lacking]').count()) > 0, 'nothing says which run lacks prices');
      // The choice of figures is in the address, and comes back.
      await page.getByLabel('Figures').selectOption('losses');
      await page.waitForSelector('.figures[data-figures=losses][aria-busy=false]');
      await page.reload();
      await page.waitForSelector('.figures[data-figures=losses]');

      const phone = await t.page({ width: 390, scheme: 'dark' });
      for (const [ids, figures] of /** @type {[number[], string][]} */ ([[days, 'sectors'], [trade, 'trade'], [power, 'power'], [points, 'chokepoints'], [games, 'games']])) {
        await compare(t, phone, ids, figures, 390);
        t.check((await inFirstRow(phone.locator('.columns > section'))) === 1, `${figures}: columns on a phone`);
        await t.axe(phone, `${figures} side by side at 390, dark`);
      }
    },
  },
  {
    name: 'autonomy: curves of one scale, lines together, costs',
    /** @param {import('./support.mjs').Test} t */
    async run(t) {
      const { studies } = await t.get('examples');
      const text = studies.find((/** @type {{ kind: string }} */ { kind }) => kind === 'autonomy').text;
      const ids = [];
      for (const technology of ['electric-vehicles', 'industrial-robots'])
        ids.push((await t.runOf('localize', { study: text, technologies: [technology], draws: 0 })).id);
      const page = await t.page();
      await compare(t, page, ids, 'autonomy');
      // Without a technology in common each run shows its own.
      t.check((await page.getByText('The autonomy curve').count()) === 2, 'there are not two curves');
      const ends = await page.locator('.columns').first().locator('section').evaluateAll((all) =>
        all.map((each) => [...each.querySelectorAll('figure svg text')].map((word) => word.textContent ?? '').filter((word) => /%$/.test(word) && !/below/.test(word)).join(' ')),
      );
      t.check(ends.length === 2 && ends[0] !== '' && ends[0] === ends[1], `axes of the curves differ: ${ends.join(' | ')}`);
      await page.getByText('Loss in a cut-off', { exact: true }).first().click();
      await page.waitForFunction(() => location.hash.includes('of=cutoff_loss_pct'));
      t.check((await page.getByText('What a unit made at home costs').count()) === 2, 'there are not two cost structures');
      await t.axe(page, 'autonomy side by side');
    },
  },
  {
    name: 'bargains, signals and frontiers stand beside each other on one scale',
    /** @param {import('./support.mjs').Test} t */
    async run(t) {
      const runs = async (/** @type {string} */ kind, /** @type {object[]} */ bodies) => {
        const ids = [];
        for (const body of bodies) ids.push((await t.runOf(`leverage/${kind}`, { world: WORLD, ...body })).id);
        return ids;
      };
      const bargains = await runs('bargain', ['USA', 'DEU'].map((first) => ({ first: [first], second: ['CHN'] })));
      const signals = await runs('signal', ['wedge', 'tariff'].map((instrument) => ({ target: 'USA', senders: ['CHN'], instrument })));
      const frontiers = await runs('frontier', ['USA', 'DEU'].map((buyer) => ({ buyer, rivals: ['CHN'] })));
      const page = await t.page();
      const columns = page.locator('.columns > section');
      await compare(t, page, bargains, 'bargains');
      t.check((await columns.count()) === 2 && (await inFirstRow(columns)) === 2, 'two bargains are not beside each other');
      t.check((await page.getByText('Difference: second less first').count()) > 0, 'bargains have no difference');
      await compare(t, page, signals, 'signals');
      t.check((await columns.count()) === 2, 'two signals are not beside each other');
      await compare(t, page, frontiers, 'frontiers');
      t.check((await page.locator('.figures figure').count()) === 1, 'frontiers are not on the same axes');
      await t.axe(page, 'compared frontiers');
      await page.setViewportSize({ width: 390, height: 900 });
      await compare(t, page, [bargains[0] ?? 0, signals[0] ?? 0], 'bargains', 390);
      await page.getByText(/it says\s+nothing of a bargain/).first().waitFor();
    },
  },
];
