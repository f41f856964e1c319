// SPDX-License-Identifier: Apache-2.0
// History, comparison, cancelling, a server that is killed, tables of the reader's own.
import { writeFileSync } from 'node:fs';

const cut = (/** @type {string} */ seller) =>
  `[[cut]]\nsellers = ["${seller}"]\nbuyers = ["CHN"]\nsectors = ["C26"]\nshare = 1.0\nfrom_day = 5\n`;
/** Long enough to be cut off in its midst. */
const LONG = { world: 'world-2022e', scenario: cut('KOR'), days: 365, draws: 100000, seed: 1 };

const HOSTILE = '<img src=x onerror=window.__ran=1>';

export const scenarios = [
  {
    name: 'a run is cancelled and removed in the history',
    /** @param {import('./support.mjs').Test} t */
    async run(t) {
      const { id } = await t.post('disrupt', LONG);
      const page = await t.page();
      await page.goto('/#/runs');
      const row = page.locator('li.run', { hasText: `${id}:` });
      await row.getByRole('button', { name: 'Cancel' }).click();
      await row.locator('.state.cancelled').waitFor();
      page.on('dialog', (dialog) => void dialog.accept());
      await row.getByRole('button', { name: 'Remove' }).click();
      await row.waitFor({ state: 'detached' });
      const answer = await fetch(`${t.base}api/v1/runs/${id}`);
      t.check(answer.status === 404, `the removed run answers with ${answer.status}`);
    },
  },
  {
    name: 'a study opens on the page of what it holds',
    /** @param {import('./support.mjs').Test} t */
    async run(t) {
      const { studies } = await t.get('examples');
      const trade = studies.find((/** @type {{ text: string }} */ { text }) => /^\[equilibrium\]/m.test(text));
      const { id } = await t.runOf('studies', { study: trade.text });
      const page = await t.page();
      await t.go(page, '#/runs');
      await page.locator('li.run', { hasText: `${id}:` }).getByRole('link').first().click();
      await page.waitForSelector('h1:text("Equilibrium")');
      t.check(page.url().includes(`run=${id}`), `the run is not in the address: ${page.url()}`);
      await page.goBack();
      await page.waitForSelector('h1:text("Runs")');
      // A world that is not there: words, and the page goes on.
      t.expected.push('404');
      await page.goto('/#/overview?world=nope');
      await page.waitForFunction(() => !location.hash.includes('nope'));
    },
  },
  {
    name: 'two runs are set side by side, and the link shows them again',
    /** @param {import('./support.mjs').Test} t */
    async run(t) {
      const a = await t.runOf('disrupt', { world: 'world-2022e', scenario: cut('TWN'), days: 40 });
      const b = await t.runOf('disrupt', { world: 'world-2022e', scenario: cut('JPN'), days: 40 });
      const page = await t.page();
      await t.go(page, '#/runs');
      for (const { id } of [a, b]) await page.getByLabel(`Compare run ${id}`, { exact: true }).check();
      await page.waitForSelector('h2:text("Side by side")');
      await t.quiet(page);
      t.check(
        (await page.evaluate(() => location.hash)).includes(`compare=${a.id}`),
        'the comparison is not in the address',
      );
      await page.reload();
      await page.waitForSelector('.maps svg');
      t.check((await page.locator('.maps figure').count()) === 2, 'there are not two maps');
    },
  },
  {
    name: 'a server that is killed in the midst of a run: words, then the run as interrupted',
    /** @param {import('./support.mjs').Test} t */
    async run(t) {
      t.expected.push('ERR_CONNECTION', 'ERR_INCOMPLETE_CHUNKED', 'Failed to load resource');
      const server = t.ownServer('killed');
      const base = await server.start();
      const port = server.port;
      const { id } = await t.post('disrupt', LONG, base);
      const page = await t.page({ base });
      await page.goto('/#/runs');
      const row = page.locator('li.run', { hasText: `${id}:` });
      await row.locator('.state.running, .state.queued').waitFor();
      await server.stop('SIGKILL');
      await page.getByText('The server does not answer.').first().waitFor();
      await server.start(port);
      await row.locator('.state.interrupted').waitFor();
      const results = await fetch(`${base}api/v1/runs/${id}/results.json`);
      t.check(results.status >= 400, `half a run is offered: ${results.status}`);
      await server.stop();
    },
  },
  {
    name: 'a broken table shows all its findings',
    /** @param {import('./support.mjs').Test} t */
    async run(t) {
      t.expected.push('422');
      const file = t.file('broken.csv');
      writeFileSync(
        file,
        [
          'seller_region,seller_sector,buyer_region,buyer,kind,value',
          'AAA,a,AAA,a,intermediate,ten',
          'AAA,a,BBB,b,intermediate,NaN',
          'AAA,a,AAA,HH,nonsense,3',
          'BBB,b,BBB,HH,final,4',
          '',
        ].join('\n'),
      );
      const page = await t.page();
      await t.go(page, '#/runs');
      await page.getByLabel('File').setInputFiles(file);
      await page.getByRole('button', { name: 'Send and check' }).click();
      const box = page.locator('[aria-live=polite] .problem');
      await box.waitFor();
      const words = (await box.textContent()) ?? '';
      t.check(/3 things are wrong/.test(words), `not all findings are shown: ${words}`);
      for (const part of ['ten', 'NaN', 'nonsense'])
        t.check(words.includes(part), `nothing is said about “${part}”: ${words}`);
    },
  },
  {
    name: 'a table with hostile labels is stored and shown as text',
    /** @param {import('./support.mjs').Test} t */
    async run(t) {
      const file = t.file('hostile.csv');
      const region = HOSTILE;
      writeFileSync(
        file,
        [
          'seller_region,seller_sector,buyer_region,buyer,kind,value',
          `${region},=1+1,${region},=1+1,intermediate,5`,
          `${region},=1+1,BBB,b,intermediate,5`,
          `BBB,b,${region},=1+1,intermediate,5`,
          'BBB,b,BBB,b,intermediate,5',
          `${region},=1+1,${region},HH,final,20`,
          'BBB,b,BBB,HH,final,20',
          '',
        ].join('\n'),
      );
      const page = await t.page();
      await t.go(page, '#/runs');
      await page.getByLabel('File').setInputFiles(file);
      await page.getByLabel('Name').fill('hostile');
      await page.getByRole('button', { name: 'Send and check' }).click();
      await page.getByRole('link', { name: 'Look at it' }).click();
      await page.waitForSelector('h1:text("Overview")');
      await t.quiet(page);
      for (const name of ['dependence', 'scenario', 'runs']) {
        await page.locator(`nav a[href^="#/${name}"]`).click();
        await t.quiet(page);
      }
      const ran = await page.evaluate(() => '__ran' in window);
      t.check(!ran, 'a label ran');
      t.check((await page.locator('main img').count()) === 0, 'a label became an element');
    },
  },
];
