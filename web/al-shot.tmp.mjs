import { chromium } from 'playwright-core';
// node al-shot.tmp.mjs hash width scheme out y0 y1 [js]
const [hash, width, scheme, out, y0, y1, act] = process.argv.slice(2);
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] });
try {
const phone = Number(width) < 500;
const context = await browser.newContext({ viewport: { width: Number(width), height: 900 }, colorScheme: scheme, isMobile: phone, hasTouch: phone });
const tab = await context.newPage();
tab.on('console', (m) => ['error', 'warning'].includes(m.type()) && console.log('console:', m.text()));
tab.on('pageerror', (e) => console.log('error:', e.message));
const base = process.env.BASE ?? 'http://127.0.0.1:15187/';
await tab.goto(base + hash);
await tab.waitForSelector('main h1');
await tab.waitForLoadState('load');
if (act) { const f = new (Object.getPrototypeOf(async function () {}).constructor)('tab', act); const r = await f(tab); if (r !== undefined) console.log(r); }
await tab.waitForTimeout(600);
console.log('wide', await tab.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), 'height', await tab.evaluate(() => document.documentElement.scrollHeight));
await tab.screenshot({ path: out, fullPage: true, clip: { x: 0, y: Number(y0), width: Number(width), height: Number(y1) - Number(y0) } });
} finally { await browser.close(); }
