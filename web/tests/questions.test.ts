// SPDX-License-Identifier: Apache-2.0
// Questions of pages: runs that are replaced are left, not cancelled; what an opened run had asked
// goes along; runs with the same title are told apart.
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Run } from '../src/app/lib/api';
import { Job } from '../src/app/lib/jobs.svelte';
import { runTitle } from '../src/app/lib/runs';
import { AutonomyRuns } from '../src/app/pages/autonomy/run.svelte';
import { membersOf, othersOf, othersWords, partyIn, partyOptions } from '../src/app/pages/leverage/asked';
import { requestWords, sameTitles } from '../src/app/pages/runs/alike';
import { placeOf } from '../src/app/pages/runs/places';

const run = (id: number, more: Partial<Run> = {}) =>
  ({ id, kind: 'localize', status: 'running', world: 'w', title: '', links: {}, progress: null, error: null, ...more }) as unknown as Run;

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

/** A server on which no run ever ends; `hold` keeps answers to questions back until it is called. */
function server({ held = false, follower = 4 as number | null } = {}) {
  const asked: string[] = [];
  let next = 7;
  const waiting: (() => void)[] = [];
  vi.stubGlobal('fetch', (url: string, init: RequestInit = {}) => {
    asked.push(`${init.method ?? 'GET'} ${url}`);
    if (url.endsWith('/events')) return new Promise<Response>(() => undefined);
    if (/\/runs\/\d+/.test(url)) return Promise.resolve(new Response(JSON.stringify(run(7)), { status: 200 }));
    const answer = new Response(JSON.stringify(run(next++, follower === null ? {} : { follower })), { status: 202 });
    return held ? new Promise<Response>((done) => waiting.push(() => done(answer))) : Promise.resolve(answer);
  });
  return { asked, answer: () => waiting.splice(0).forEach((each) => each()) };
}
const settled = () => new Promise((done) => setTimeout(done, 0));
const told = (asked: string[]) => asked.filter((each) => /leave|cancel/.test(each));

describe('a run that is replaced', () => {
  it('is left by who asked for it', async () => {
    const { asked } = server();
    const job = new Job();
    void job.start('/api/v1/localize', { study: 'a' });
    await settled();
    expect(job.run?.id).toBe(7);
    void job.replace('/api/v1/localize', { study: 'b' });
    await settled();
    expect(told(asked)).toEqual(['POST /api/v1/runs/7/leave?follower=4']);
    expect(job.run?.id).toBe(8);
  });

  it('is left as well when its question is still on its way', async () => {
    const { asked, answer } = server({ held: true });
    const job = new Job();
    void job.start('/api/v1/localize', { study: 'a' });
    void job.replace('/api/v1/localize', { study: 'b' });
    answer();
    await settled();
    expect(told(asked)).toEqual(['POST /api/v1/runs/7/leave?follower=4']);
    expect(job.run?.id).toBe(8);
  });

  it('goes on if it was opened by its number, or if it is only followed no longer', async () => {
    const { asked } = server();
    const job = new Job();
    void job.open(7);
    await settled();
    void job.replace('/api/v1/localize', { study: 'b' });
    await settled();
    job.leave();
    await settled();
    expect(told(asked)).toEqual([]);
  });

  it('is cancelled for everybody by the button alone', async () => {
    const { asked } = server();
    const job = new Job();
    void job.start('/api/v1/localize', { study: 'a' });
    await settled();
    await job.cancel();
    expect(told(asked)).toEqual(['POST /api/v1/runs/7/cancel']);
  });

  it('is left by the page of autonomy when a lever moves', async () => {
    vi.useFakeTimers();
    const { asked } = server();
    const runs = new AutonomyRuns();
    runs.want({ text: 'a = 1', technology: 't' });
    await vi.advanceTimersByTimeAsync(300);
    runs.want({ text: 'a = 2', technology: 't' });
    await vi.advanceTimersByTimeAsync(300);
    expect(told(asked)).toEqual(['POST /api/v1/runs/7/leave?follower=4']);
    expect(asked.filter((each) => each === 'POST /api/v1/localize')).toHaveLength(2);
    runs.leave();
  });
});

describe('what an opened run had asked', () => {
  it('goes along as far as no control holds it', () => {
    const body = { world: 'w', first: ['USA', 'JPN'], second: ['CHN'], weight: 0.4, sectors: ['C26'], horizon: 5, theta: null };
    const others = othersOf(body, (name) => ['first', 'second', 'weight'].includes(name));
    expect(others).toEqual({ sectors: ['C26'], horizon: 5 });
    expect(othersWords(others)).toBe('sectors C26; horizon 5');
    expect(othersWords({ providers: 'a,b\nc,d\n' })).toBe('providers a text');
  });

  it('keeps groups of regions', () => {
    expect(membersOf(partyIn(['USA', 'JPN'], 'CHN'))).toEqual(['USA', 'JPN']);
    expect(partyIn([], 'CHN')).toBe('CHN');
    const regions = [{ label: 'USA', name: 'United States' }];
    expect(partyOptions(regions, (party) => `<${party}>`, 'USA+JPN').at(-1)).toEqual({ value: 'USA+JPN', text: '<USA+JPN>' });
    expect(partyOptions(regions, String, 'USA')).toHaveLength(1);
  });
});

describe('runs in a list', () => {
  it('are told apart where their titles are the same', () => {
    const links = { request: 'r' } as unknown as Run['links'];
    const title = 'Chokepoints of CHN';
    const list = [run(1, { title, links }), run(2, { title, links }), run(3, { title: 'other', links }), run(4, { title })];
    expect(sameTitles(list).map(({ id }) => id)).toEqual([1, 2]);
    expect(requestWords({ world: 'w', target: 'CHN', k: 3, seed: 1, sectors: ['a', 'b', 'c', 'd', 'e'], study: 'a\nb', cut: 0.5 })).toBe(
      'k 3; sectors (5); cut 0.5',
    );
  });

  it('have words whatever their kind', () => {
    const newer = run(5, { kind: 'leverage-newer' as Run['kind'] });
    expect(runTitle(newer)).toBe('leverage-newer, w');
    expect(placeOf(newer)).toBeNull();
    expect(runTitle(run(6, { title: 'Bargain of USA,JPN and CHN' }))).toBe('Bargain of USA, JPN and CHN');
  });
});
