// SPDX-License-Identifier: Apache-2.0
// The history: which page shows a run, which measure runs share, what pages say of errors.
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Run } from '../src/app/lib/api';
import { Job } from '../src/app/lib/jobs.svelte';
import { fromBody } from '../src/app/lib/problems';
import { worldIn } from '../src/app/lib/run-world';
import { worldTitle } from '../src/app/lib/worlds.svelte';
import { sharedMeasures, type Contestant } from '../src/app/pages/runs/compare';
import { placeOf, placeOfStudy } from '../src/app/pages/runs/places';
import { sampleText } from './samples';

const run = (kind: Run['kind'], status: Run['status'] = 'done') =>
  ({ id: 7, kind, status, world: 'w', title: '', links: {}, progress: null, error: null }) as unknown as Run;

describe('the page of a run', () => {
  it('is the one that shows what it holds', () => {
    expect(placeOf(run('leverage-defend'))).toEqual({ page: 'leverage', params: { defend: '7', world: 'w' } });
    expect(placeOf(run('study'))?.page).toBe('runs');
    const page = (...tables: string[]) => placeOfStudy(run('study'), tables).page;
    expect(page('reliance', 'loss_by_region', 'equilibrium_regions')).toBe('disruption');
    expect(page('equilibrium_regions')).toBe('equilibrium');
    expect(page('autonomy', 'compute')).toBe('autonomy');
    expect(page('chokepoints')).toBe('leverage');
    expect(page()).toBe('disruption');
  });
});

describe('a comparison', () => {
  it('begins with what most runs share, however many scenarios one of them holds', () => {
    const of = (id: number, key: string): Contestant => ({
      run: id,
      name: `${id} ${key}`,
      measures: [{ key, title: key, about: '', scenario: '', values: new Map() }],
    });
    const both = of(1, 'output');
    const all = [both, of(2, 'welfare'), of(2, 'welfare'), of(2, 'welfare'), of(2, 'output')];
    expect(sharedMeasures(all).map(({ key }) => key)).toEqual(['output', 'welfare']);
  });

  it('takes names from the document of a run', () => {
    const world = worldIn({ world: '' }, JSON.parse(sampleText('sample')));
    expect(world?.regions.length ?? 0).toBeGreaterThan(0);
    expect(world?.vintage).not.toBe('');
    expect(worldIn({ world: 'w' }, { schema: {} })).toBeNull();
  });
});

describe('words', () => {
  it('name pages, not addresses of the API', () => {
    const { where, hint } = fromBody({
      code: 'file_not_found',
      what: 'there is no such run',
      where: 'run',
      hint: 'GET /api/v1/runs lists the runs there are',
    });
    expect(where).toBe('');
    expect(hint).toBe('The page Runs lists the runs there are.');
  });

  it('tell worlds apart by their first letters', () => {
    const title = (id: string) => worldTitle({ id, kind: 'built-in' } as never);
    expect(title('world-2022e-wide').slice(0, 10)).not.toBe(title('world-2022e').slice(0, 10));
  });
});

describe('a run whose results cannot be read', () => {
  afterEach(() => vi.unstubAllGlobals());

  it('fails with a way to try again, and is read then', async () => {
    let broken = true;
    const ok = (body: unknown) => new Response(JSON.stringify(body), { status: 200 });
    vi.stubGlobal('fetch', (url: string) => {
      if (!url.endsWith('results.json')) return Promise.resolve(ok(run('disrupt')));
      return Promise.resolve(broken ? new Response('{"half":', { status: 200 }) : ok({ whole: 1 }));
    });
    const job = new Job<{ whole: number }>();
    await job.open(7);
    expect([job.state, job.busy, job.canRepeat]).toEqual(['failed', false, true]);
    broken = false;
    await job.again();
    expect([job.state, job.answer?.whole, job.problem]).toEqual(['done', 1, null]);
  });

  it('is tried again while the server is gone', async () => {
    let tries = 0;
    vi.stubGlobal('fetch', (url: string) => {
      if (!url.endsWith('results.json'))
        return Promise.resolve(new Response(JSON.stringify(run('disrupt')), { status: 200 }));
      tries += 1;
      return tries === 1
        ? Promise.reject(new TypeError('gone'))
        : Promise.resolve(new Response('{"whole":1}', { status: 200 }));
    });
    const job = new Job<{ whole: number }>();
    await job.open(7);
    expect([tries, job.state, job.answer?.whole]).toEqual([2, 'done', 1]);
  });
});
