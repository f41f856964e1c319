// SPDX-License-Identifier: Apache-2.0
// The API of `linchpin serve`, typed by what `npm run api` makes of api/openapi.yaml.
import type { components, paths } from '../../api/schema';
import { ApiError, fromBody, GONE, plainProblem, type ErrorBody } from './problems';

export type Schemas = components['schemas'];
export type Run = Schemas['Run'];
export type Paths = keyof paths;
type Method = 'get' | 'post' | 'delete';

type Operation<P extends Paths, M extends Method> = paths[P][M];
type JsonOf<R> = R extends { content: { 'application/json': infer T } } ? T : never;
type Responses<O> = O extends { responses: infer R } ? R : never;
/** The JSON of the success answers of an operation. */
export type Ok<P extends Paths, M extends Method> = {
  [S in keyof Responses<Operation<P, M>>]: S extends 200 | 201 | 202
    ? JsonOf<Responses<Operation<P, M>>[S]>
    : never;
}[keyof Responses<Operation<P, M>>];

type BodyOf<O> = O extends { requestBody?: { content: { 'application/json': infer B } } }
  ? B
  : undefined;
export type Body<P extends Paths, M extends Method> = BodyOf<Operation<P, M>>;

export interface Ask {
  path?: Record<string, string | number>;
  query?: Record<string, string | number | undefined>;
  signal?: AbortSignal;
}

/** "/api/v1/runs/{run}" and { run: 3 } -> "/api/v1/runs/3" */
export function address(path: string, ask: Ask = {}): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(String(ask.path?.[name] ?? '')),
  );
  const query = Object.entries(ask.query ?? {}).filter(([, value]) => value !== undefined);
  return query.length === 0
    ? filled
    : `${filled}?${new URLSearchParams(query.map(([name, value]) => [name, String(value)]))}`;
}

/** The words of an answer that is not a success. */
export async function failure(response: Response): Promise<ApiError> {
  const retry = Number(response.headers.get('Retry-After') ?? NaN);
  const after = Number.isFinite(retry) ? retry : null;
  try {
    const document = (await response.json()) as { error?: ErrorBody };
    if (document.error !== undefined)
      return new ApiError(fromBody(document.error), response.status, after);
  } catch {
    // Not JSON: what follows says so.
  }
  const problem =
    response.status >= 502
      ? GONE
      : plainProblem(`The server answered with status ${response.status}.`, 'Try again.');
  return new ApiError(problem, response.status, after);
}

/** fetch that throws ApiError; a server that is gone reads as one, too. */
export async function send(url: string, init: RequestInit): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(url, init);
  } catch (error) {
    if (init.signal?.aborted === true) throw error;
    throw new ApiError(GONE, 0);
  }
  if (!response.ok) throw await failure(response);
  return response;
}

async function json<T>(url: string, init: RequestInit): Promise<T> {
  const response = await send(url, init);
  return (response.status === 204 ? undefined : await response.json()) as T;
}

const withSignal = (ask: Ask) => (ask.signal === undefined ? {} : { signal: ask.signal });

/** Questions that are answered at once: the server takes few at a time, from all its clients. */
const AT_ONCE = 2;
const RETRIES = 4;
let asking = 0;
const waiting: (() => void)[] = [];

async function gate<T>(ask: () => Promise<T>): Promise<T> {
  if (asking >= AT_ONCE) await new Promise<void>((resolve) => waiting.push(resolve));
  asking += 1;
  try {
    for (let tries = 0; ; tries += 1)
      try {
        return await ask();
      } catch (error) {
        const busy = error instanceof ApiError && error.status === 429;
        if (!busy || tries >= RETRIES) throw error;
        await new Promise((resolve) => setTimeout(resolve, 200 * (tries + 1)));
      }
  } finally {
    asking -= 1;
    waiting.shift()?.();
  }
}

export const api = {
  get<P extends Paths>(path: P, ask: Ask = {}): Promise<Ok<P, 'get'>> {
    return json(address(path, ask), withSignal(ask));
  },
  post<P extends Paths>(path: P, body: Body<P, 'post'>, ask: Ask = {}): Promise<Ok<P, 'post'>> {
    return json(address(path, ask), {
      method: 'POST',
      ...(body === undefined
        ? {}
        : { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }),
      ...withSignal(ask),
    });
  },
  /** `post` for questions that are answered at once: in turn, and again while the server is busy. */
  ask<P extends Paths>(path: P, body: Body<P, 'post'>, ask: Ask = {}): Promise<Ok<P, 'post'>> {
    return gate(() => api.post(path, body, ask));
  },
  remove<P extends Paths>(path: P, ask: Ask = {}): Promise<void> {
    return json(address(path, ask), { method: 'DELETE', ...withSignal(ask) });
  },
};
