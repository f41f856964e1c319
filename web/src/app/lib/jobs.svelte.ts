// SPDX-License-Identifier: Apache-2.0
// One run on the server: posted, followed until it ends, cancelled, run again. It is followed over
// server-sent events; when those are all taken, or break off, the run is asked for instead.
import { api, failure, send, type Run } from './api';
import { readDocument } from './documents';
import { ApiError, fromBody, GONE, plainProblem, toProblem, type Problem } from './problems';

/** Paths that answer with a run. */
export type JobPath =
  | '/api/v1/disrupt'
  | '/api/v1/equilibrium'
  | '/api/v1/studies'
  | '/api/v1/localize'
  | '/api/v1/leverage/power'
  | '/api/v1/leverage/chokepoints'
  | '/api/v1/leverage/defend'
  | '/api/v1/leverage/bargain'
  | '/api/v1/leverage/signal'
  | '/api/v1/leverage/frontier'
  | '/api/v1/leverage/game';

export type JobState = 'idle' | 'posting' | 'lost' | Run['status'];

/** Names of states for people. */
export const STATE_WORDS: Record<JobState, string> = {
  idle: 'not started',
  posting: 'being sent',
  lost: 'connection lost',
  queued: 'waiting',
  running: 'running',
  done: 'done',
  failed: 'failed',
  cancelled: 'cancelled',
  interrupted: 'interrupted',
};

const POLL_MS = 1000;
const ENDED: readonly Run['status'][] = ['done', 'failed', 'cancelled', 'interrupted'];

export function hasEnded(run: Run): boolean {
  return ENDED.includes(run.status);
}

/** What becomes of the run is of no interest to who leaves it. */
function leaveRun({ id }: Run, follower: number | null) {
  if (follower === null) return;
  api
    .post('/api/v1/runs/{run}/leave', undefined, { path: { run: id }, query: { follower } })
    .catch(() => undefined);
}

const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** Splits a stream of server-sent events into the data of its `run` events. */
export class EventReader {
  #rest = '';

  push(text: string): Run[] {
    this.#rest += text.replace(/\r\n?/g, '\n');
    const blocks = this.#rest.split('\n\n');
    this.#rest = blocks.pop() ?? '';
    return blocks.flatMap((block) => {
      const data = block
        .split('\n')
        .filter((line) => line.startsWith('data:'))
        .map((line) => line.slice(5).trimStart())
        .join('\n');
      return data === '' ? [] : [JSON.parse(data) as Run];
    });
  }
}

export class Job<Answer = unknown> {
  run = $state.raw<Run | null>(null);
  state = $state<JobState>('idle');
  problem = $state.raw<Problem | null>(null);
  /** The document of the run, once it is done. */
  answer = $state.raw<Answer | null>(null);
  #request: { path: JobPath; body: object } | null = null;
  /** The run that was asked for by its number. */
  #wanted: number | null = null;
  #stop: AbortController | null = null;
  /** Who this is to the run that was posted, for the server to count whom it is for. */
  #follower: number | null = null;
  /** Questions on their way that nobody wants answered any more. */
  readonly #dropped = new WeakSet<AbortSignal>();
  readonly #tables: readonly string[];

  /** `tables`: those that are read of a study; all if none are named. */
  constructor(tables: readonly string[] = []) {
    this.#tables = tables;
  }

  get busy(): boolean {
    return ['posting', 'queued', 'running', 'lost'].includes(this.state);
  }

  /** Done of total, 0 to 1; null when nothing is known. */
  get progress(): number | null {
    const progress = this.run?.progress;
    return progress == null || progress.total === 0 ? null : progress.done / progress.total;
  }

  /** Posts a request and follows its run. What was followed before is left alone on the server. */
  async start(path: JobPath, body: object): Promise<void> {
    this.leave();
    this.#request = { path, body };
    this.#wanted = null;
    this.run = null;
    this.answer = null;
    this.problem = null;
    this.state = 'posting';
    const { signal } = (this.#stop = new AbortController());
    try {
      // Not broken off: a question that was heard has a run, which is left by its number.
      const run = (await api.post(path, body as never)) as Run;
      const follower = run.follower ?? null;
      if (this.#dropped.has(signal)) leaveRun(run, follower);
      if (signal.aborted) return;
      this.#follower = follower;
      await this.#follow(run, signal);
    } catch (error) {
      if (!signal.aborted) this.#fail(error);
    }
  }

  /** `start` in place of what was asked before, which the server need not answer for this page. */
  replace(path: JobPath, body: object): Promise<void> {
    this.drop();
    return this.start(path, body);
  }

  /** Follows a run that exists already. */
  async open(id: number): Promise<void> {
    if (this.run?.id === id && this.state !== 'idle') return;
    this.leave();
    this.#request = null;
    this.#wanted = id;
    this.run = null;
    this.answer = null;
    this.problem = null;
    this.state = 'posting';
    const stop = (this.#stop = new AbortController());
    try {
      const run = await api.get('/api/v1/runs/{run}', { path: { run: id }, signal: stop.signal });
      await this.#follow(run, stop.signal);
    } catch (error) {
      if (!stop.signal.aborted) this.#fail(error);
    }
  }

  /**
   * Once more: a run whose results could not be read is read again, a run that was cut off is asked
   * for again; the server knows what it was.
   */
  async again(): Promise<void> {
    const run = this.run;
    const read = run?.status === 'done' ? run.id : run === null ? this.#wanted : null;
    if (this.state === 'failed' && read !== null) {
      this.leave();
      return this.open(read);
    }
    try {
      const request =
        this.#request ??
        (run === null
          ? null
          : await api.get('/api/v1/runs/{run}/request', { path: { run: run.id } }));
      if (request !== null) await this.start(request.path as JobPath, request.body);
    } catch (error) {
      this.problem = toProblem(error);
    }
  }

  get canRepeat(): boolean {
    return (
      this.#request !== null || this.#wanted !== null || this.run?.links['request'] !== undefined
    );
  }

  async cancel(): Promise<void> {
    if (this.run === null || hasEnded(this.run)) return;
    try {
      const { id } = this.run;
      const told = await api.post('/api/v1/runs/{run}/cancel', undefined, { path: { run: id } });
      // The end may have been heard over the events before this answer, which is then out of date.
      if (this.run?.id === id && !hasEnded(this.run)) this.#show(told);
    } catch (error) {
      this.problem = toProblem(error);
    }
  }

  /** Stops following; the run goes on. */
  leave() {
    this.#stop?.abort();
    this.#stop = null;
    this.#follower = null;
    this.state = 'idle';
  }

  /**
   * Stops following, and says so: a run that was asked for here ends unless somebody else follows
   * it, too. One that was opened by its number goes on.
   */
  drop() {
    if (this.state === 'posting' && this.#stop !== null) this.#dropped.add(this.#stop.signal);
    else if (this.run !== null && this.busy) leaveRun(this.run, this.#follower);
    this.leave();
  }

  #fail(error: unknown) {
    this.problem = toProblem(error);
    this.state = 'failed';
  }

  #show(run: Run) {
    this.run = run;
    this.state = run.status;
  }

  async #follow(first: Run, signal: AbortSignal): Promise<void> {
    this.#show(first);
    let streams = true;
    while (this.run !== null && !hasEnded(this.run) && !signal.aborted) {
      try {
        if (streams) await this.#listen(this.run.id, signal);
        else await this.#ask(this.run.id, signal);
      } catch (error) {
        if (signal.aborted) return;
        streams = await this.#survive(error, streams);
      }
      if (!streams) await wait(POLL_MS);
    }
    if (signal.aborted || this.run === null) return;
    await this.#end(this.run, signal);
  }

  /** Whether to go on with event streams after an error; throws what cannot be survived. */
  async #survive(error: unknown, streams: boolean): Promise<boolean> {
    if (!(error instanceof ApiError)) throw error;
    const { status } = error;
    // All streams are taken: ask instead. No answer: the server may come back.
    if (status === 429) return false;
    if (status !== 0 && status < 502) throw error;
    this.state = 'lost';
    this.problem = GONE;
    await wait(POLL_MS);
    return streams;
  }

  async #listen(id: number, signal: AbortSignal): Promise<void> {
    const response = await send(`/api/v1/runs/${id}/events`, { signal });
    const reader = response.body?.getReader();
    if (reader === undefined) throw await failure(response);
    const events = new EventReader();
    const decoder = new TextDecoder();
    for (;;) {
      let part: ReadableStreamReadResult<Uint8Array>;
      try {
        part = await reader.read();
      } catch (error) {
        if (signal.aborted) throw error;
        throw new ApiError(GONE, 0);
      }
      if (part.done) break;
      for (const run of events.push(decoder.decode(part.value, { stream: true }))) {
        this.problem = null;
        this.#show(run);
      }
    }
    // A stream may end before its run: the next question says where it stands.
    if (this.run !== null && !hasEnded(this.run)) await this.#ask(id, signal);
  }

  async #ask(id: number, signal: AbortSignal): Promise<void> {
    const run = await api.get('/api/v1/runs/{run}', { path: { run: id }, signal });
    this.problem = null;
    this.#show(run);
  }

  async #end(run: Run, signal: AbortSignal): Promise<void> {
    if (run.status === 'done') {
      const answer = await this.#results(run, signal);
      if (signal.aborted) return;
      this.problem = null;
      this.#show(run);
      this.answer = answer;
      return;
    }
    if (run.status === 'failed')
      this.problem = run.error == null ? plainProblem('The run failed.') : fromBody(run.error);
    if (run.status === 'interrupted')
      this.problem = plainProblem(
        'The server stopped or was killed before this run ended; half of its results is never shown.',
        'Run it again.',
      );
  }

  /** The document of a run that is done; tried until the server answers. */
  async #results({ id, kind }: Run, signal: AbortSignal): Promise<Answer | null> {
    // Other documents have no tables to leave out, and are kept ready as they are.
    const tables = kind === 'study' ? this.#tables : [];
    while (!signal.aborted)
      try {
        return (await readDocument(id, tables, { signal })) as Answer;
      } catch (error) {
        if (signal.aborted) break;
        if (!(await this.#survive(error, true))) await wait(POLL_MS);
      }
    return null;
  }
}
