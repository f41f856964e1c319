// SPDX-License-Identifier: Apache-2.0
// A server, a browser, and what scenarios share.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { loadavg, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
/** Average load below which times have to be met as they are wanted. */
const IDLE_LOAD = 2;
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/**
 * The files of a pack that is newer than the one inside the program: LINCHPIN_APP_PACK=dist/app/app.pack
 * shows a change without building the program anew. The policy of the server stays.
 * @returns {Map<string, { type: string, body: Buffer }> | null}
 */
function newerPack() {
  if (process.env.LINCHPIN_APP_PACK === undefined) return null;
  const pack = readFileSync(process.env.LINCHPIN_APP_PACK);
  const newline = pack.indexOf(10);
  const bytes = pack.subarray(newline + 1);
  return new Map(
    JSON.parse(pack.subarray(0, newline).toString()).map(
      (/** @type {import('../../plugins/app-pack').PackEntry} */ entry) => [
        entry.path,
        { type: entry.type, body: bytes.subarray(entry.offset, entry.offset + entry.size) },
      ],
    ),
  );
}

export const PAGES = [
  'overview',
  'dependence',
  'scenario',
  'disruption',
  'equilibrium',
  'autonomy',
  'leverage',
  'runs',
];

/** `linchpin serve` on a free port of this machine, ended by its own process id. */
export class Server {
  /** @param {string} binary @param {string} folder @param {string[]} options */
  constructor(binary, folder, options = []) {
    this.binary = binary;
    this.folder = folder;
    this.options = options;
    this.address = '';
    /** @type {import('node:child_process').ChildProcess | null} */
    this.process = null;
  }

  /** @param {number} port 0: any */
  async start(port = 0) {
    const args = ['serve', '--port', String(port), '--json', '-o', this.folder, ...this.options];
    const child = spawn(this.binary, args, { cwd: tmpdir(), stdio: ['ignore', 'pipe', 'pipe'] });
    this.process = child;
    let said = '';
    child.stderr?.on('data', (text) => (said += text));
    this.address = await new Promise((found, reject) => {
      let text = '';
      child.stdout?.on('data', (part) => {
        text += part;
        if (text.includes('\n')) found(JSON.parse(text.slice(0, text.indexOf('\n'))).address);
      });
      child.on('exit', (code) => reject(new Error(`the server ended with ${code}: ${said}`)));
      child.on('error', reject);
    });
    this.address = this.address.replace(/\/?$/, '/');
    return this.address;
  }

  get port() {
    return Number(new URL(this.address).port);
  }

  /** @param {NodeJS.Signals} signal */
  async stop(signal = 'SIGTERM') {
    const child = this.process;
    if (child === null || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((done) => child.once('exit', done));
    child.kill(signal);
    // A server that does not listen must not outlive the test.
    const last = setTimeout(() => child.kill('SIGKILL'), 5000);
    await ended;
    clearTimeout(last);
  }
}

export class Bench {
  constructor() {
    this.binary = resolve(
      process.env.LINCHPIN_BINARY ?? join(ROOT, 'build/release/bin/linchpin'),
    );
    this.work = mkdtempSync(join(tmpdir(), 'linchpin-browser-'));
    this.server = new Server(this.binary, join(this.work, 'none'));
    /** @type {import('playwright-core').Browser | null} */
    this.browser = null;
    /** @type {Server[]} */
    this.others = [];
    this.pack = newerPack();
  }

  async open() {
    this.browser = await chromium.launch({
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-component-update'],
    });
  }

  /** A new server with an empty history, so that no file of scenarios disturbs the next. @param {string} name */
  async renew(name) {
    await this.server.stop('SIGKILL');
    this.server = new Server(this.binary, join(this.work, name));
    await this.server.start();
  }

  /** @param {(t: Test) => Promise<void>} scenario @returns {Promise<string[]>} problems */
  async run(scenario) {
    const test = new Test(this);
    try {
      await scenario(test);
    } catch (error) {
      test.problems.push(error instanceof Error ? (error.stack ?? error.message) : String(error));
    }
    await test.close();
    return test.problems;
  }

  async close() {
    await this.browser?.close();
    await Promise.all([this.server, ...this.others].map((server) => server.stop()));
    rmSync(this.work, { recursive: true, force: true });
  }
}

/** What a scenario is given. */
export class Test {
  /** @param {Bench} bench */
  constructor(bench) {
    this.bench = bench;
    /** @type {string[]} */
    this.problems = [];
    /** @type {import('playwright-core').BrowserContext[]} */
    this.contexts = [];
    /** What each window is waiting for. @type {Map<import('playwright-core').Page, { open: Set<import('playwright-core').Request>, last: number }>} */
    this.traffic = new Map();
    /** Errors of the console that a scenario provokes: parts of their texts. @type {string[]} */
    this.expected = [];
  }

  /** Address of the shared server, with a slash at its end. */
  get base() {
    return this.bench.server.address;
  }

  /** A server of its own, e.g. to be killed. @param {string} name @param {string[]} options */
  ownServer(name, options = []) {
    const server = new Server(this.bench.binary, join(this.bench.work, name), options);
    this.bench.others.push(server);
    return server;
  }

  /** A file to write. @param {string} name */
  file(name) {
    return join(this.bench.work, name);
  }

  /**
   * A new window that reports errors of the console and of the page, and requests elsewhere.
   * @param {{ width?: number, scheme?: 'light' | 'dark', base?: string }} options
   */
  async page({ width = 1440, scheme = 'light', base = this.base } = {}) {
    const { browser } = this.bench;
    if (browser === null) throw new Error('no browser');
    const context = await browser.newContext({
      viewport: { width, height: 900 },
      colorScheme: scheme,
      isMobile: width < 500,
      hasTouch: width < 500,
      baseURL: base,
      acceptDownloads: true,
    });
    this.contexts.push(context);
    if (this.bench.pack !== null) {
      const { pack } = this.bench;
      const response = await fetch(base);
      const policy = response.headers.get('content-security-policy') ?? '';
      await context.route(`${base}**`, (route) => {
        const file = pack.get(new URL(route.request().url()).pathname);
        if (file === undefined) return route.fallback();
        const headers = { 'content-type': file.type, 'content-security-policy': policy };
        return route.fulfill({ body: file.body, headers });
      });
    }
    const page = await context.newPage();
    page.setDefaultTimeout(15_000);
    const note = (/** @type {string} */ text) => {
      if (!this.expected.some((part) => text.includes(part))) this.problems.push(text);
    };
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type()))
        note(`console at ${page.url()}: ${message.text()}`);
    });
    page.on('pageerror', (error) => note(`error at ${page.url()}: ${error.message}`));
    /** @type {{ open: Set<import('playwright-core').Request>, last: number }} */
    const traffic = { open: new Set(), last: performance.now() };
    this.traffic.set(page, traffic);
    const ended = (/** @type {import('playwright-core').Request} */ request) => {
      traffic.open.delete(request);
      traffic.last = performance.now();
    };
    page.on('requestfinished', ended);
    page.on('requestfailed', ended);
    // What a page asked for is nobody's once it is left, and its end is not always told.
    page.on('framenavigated', (frame) => {
      if (frame === page.mainFrame() && frame.url() === 'about:blank') traffic.open.clear();
    });
    page.on('request', (request) => {
      // A stream of events stays open as long as its run.
      if (/^https?:/.test(request.url()) && !request.url().endsWith('/events'))
        traffic.open.add(request);
      traffic.last = performance.now();
      if (!request.url().startsWith(base) && !/^(data|blob):/.test(request.url()))
        note(`asks for ${request.url()}`);
    });
    return page;
  }

  /**
   * Opens a page of the application and waits until it has nothing more to read.
   * @param {import('playwright-core').Page} page @param {string} hash "#/overview"
   */
  async go(page, hash) {
    await page.goto(`/${hash}`);
    await page.waitForSelector('main h1');
    await this.quiet(page);
  }

  /** Until the page has asked for nothing for a moment and charts are drawn. @param {import('playwright-core').Page} page */
  async quiet(page) {
    const traffic = this.traffic.get(page);
    const deadline = performance.now() + 15_000;
    while (traffic !== undefined && performance.now() < deadline) {
      if (traffic.open.size === 0 && performance.now() - traffic.last > 120) break;
      await new Promise((done) => setTimeout(done, 20));
    }
    await page.waitForFunction(() => document.querySelector('.waiting') === null);
  }

  /** @param {boolean} condition @param {string} words what is wrong if not */
  check(condition, words) {
    if (!condition) this.problems.push(words);
  }

  /** Fails if the page can be scrolled sideways. @param {import('playwright-core').Page} page @param {string} where */
  async fits(page, where) {
    const wide = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    this.check(wide <= 0, `${where}: scrolls sideways by ${wide} pixels`);
  }

  /**
   * Presses Tab until an element of that name has the focus. Every stop on the way must be seen.
   * @param {import('playwright-core').Page} page @param {RegExp} name @param {number} most
   */
  async tabTo(page, name, most = 200) {
    /** @type {string[]} */
    const stops = [];
    for (let i = 0; i < most; i += 1) {
      await page.keyboard.press('Tab');
      const stop = await page.evaluate(() => {
        const element = document.activeElement;
        if (!(element instanceof HTMLElement || element instanceof SVGElement) || element === document.body)
          return { label: '', seen: true };
        const of = 'labels' in element ? /** @type {HTMLInputElement} */ (element).labels?.[0] : null;
        const label = element.getAttribute('aria-label') ?? of?.textContent ?? element.textContent ?? '';
        const box = element.getBoundingClientRect();
        // A field may have its ring around the box that it stands in.
        const ringed = [element, element.parentElement, element.parentElement?.parentElement].some(
          (each) => each != null && getComputedStyle(each).outlineStyle !== 'none',
        );
        const ring = ringed || element.matches('input');
        const words = label.trim().replace(/\s+/g, ' ') || `<${element.tagName} id="${element.id}" class="${element.getAttribute('class') ?? ''}">`;
        return { label: words, seen: box.width > 0 && box.height > 0 && ring };
      });
      this.check(stop.seen, `the focus is not seen at “${stop.label.slice(0, 60)}”`);
      if (name.test(stop.label)) return;
      stops.push(stop.label.slice(0, 40));
    }
    throw new Error(`${name} is not reached by Tab: ${stops.slice(-15).join(' | ')}`);
  }

  /** Serious and critical findings of axe. @param {import('playwright-core').Page} page @param {string} where */
  async axe(page, where) {
    // Outside the policy of the page, which allows no script but its own.
    await page.evaluate(AXE);
    const found = await page.evaluate(async () => {
      // @ts-expect-error axe was put there by the line above
      const { violations } = await window.axe.run(document, {
        runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
        resultTypes: ['violations'],
      });
      return violations
        .filter((/** @type {{ impact: string }} */ each) =>
          ['serious', 'critical'].includes(each.impact),
        )
        .map(
          (/** @type {{ id: string, help: string, nodes: { target: string[] }[] }} */ each) =>
            `${each.id} (${each.help}): ${each.nodes
              .slice(0, 3)
              .map((node) => node.target.join(' '))
              .join('; ')}`,
        );
    });
    for (const words of found) this.problems.push(`${where}: axe: ${words}`);
  }

  /**
   * Prints a time; fails above its limit where the machine is idle, else, because machines that
   * test are busy, only far above it.
   * @param {string} what @param {number} ms @param {number} limit
   */
  timing(what, ms, limit) {
    const over = ms > limit ? ' OVER' : '';
    const load = loadavg()[0] ?? Infinity;
    const most = load < IDLE_LOAD ? limit : 8 * limit;
    console.log(
      `     time: ${what} ${ms.toFixed(1)} ms (limit ${limit} ms, load ${load.toFixed(1)})${over}`,
    );
    this.check(ms <= most, `${what} took ${ms.toFixed(0)} ms, over ${most} ms`);
  }

  /**
   * The same for what should happen often.
   * @param {string} what @param {number} rate a second @param {number} wanted @param {number} least
   */
  rate(what, rate, wanted, least) {
    const load = loadavg()[0] ?? Infinity;
    const needed = load < IDLE_LOAD ? wanted : least;
    console.log(
      `     time: ${rate.toFixed(0)} ${what} a second (wanted ${wanted}, load ${load.toFixed(1)})`,
    );
    this.check(rate >= needed, `only ${rate.toFixed(1)} ${what} a second`);
  }

  /** Asks the shared server. @param {string} path @param {object} body */
  async post(path, body, base = this.base) {
    const response = await fetch(`${base}api/v1/${path}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return response.json();
  }

  /** @param {string} path */
  async get(path, base = this.base) {
    const response = await fetch(`${base}api/v1/${path}`);
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return response.json();
  }

  /** Posts a run and waits for its end. @param {string} path @param {object} body */
  async runOf(path, body, base = this.base) {
    let run = await this.post(path, body, base);
    for (let tries = 0; ['queued', 'running'].includes(run.status) && tries < 600; tries += 1) {
      await new Promise((done) => setTimeout(done, 50));
      run = await this.get(`runs/${run.id}`, base);
    }
    if (run.status !== 'done') throw new Error(`run ${run.id} is ${run.status}`);
    return run;
  }

  async close() {
    await Promise.all(this.contexts.map((context) => context.close()));
  }
}
