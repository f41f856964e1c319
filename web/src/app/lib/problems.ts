// SPDX-License-Identifier: Apache-2.0
// What went wrong, in words: the server's error documents, a server that is gone, a bug of ours.
import type { components } from '../../api/schema';

export type ErrorBody = components['schemas']['ErrorBody'];

export interface Problem {
  /** One sentence. */
  what: string;
  where: string;
  /** What to try; may be empty. */
  hint: string;
  code: string;
  /** All other findings of the same request. */
  further: Problem[];
}

export class ApiError extends Error {
  constructor(
    readonly problem: Problem,
    /** 0: no answer at all. */
    readonly status: number,
    readonly retryAfter: number | null = null,
  ) {
    super(problem.what);
  }
}

/** What the server says of its own paths, in words of these pages. */
const PAGE_HINTS: [RegExp, string][] = [
  [/\/api\/v1\/runs\b/, 'The page Runs lists the runs there are.'],
  [/\/api\/v1\/worlds\b/, 'The list “World” at the top holds the worlds there are.'],
  [/\/api\/v1\/examples\b/, 'The page Scenario offers the studies there are.'],
];

/** A hint without addresses of the API, which a reader of a page cannot use. */
export function pageHint(hint: string): string {
  return PAGE_HINTS.find(([path]) => path.test(hint))?.[1] ?? hint;
}

export function fromBody(body: ErrorBody): Problem {
  return {
    what: body.what,
    // “run” and “world” are names of parameters, which say nothing here.
    where: ['run', 'world', 'table'].includes(body.where) ? '' : body.where,
    hint: pageHint(body.hint),
    code: body.code,
    further: (body.further ?? []).map(fromBody),
  };
}

export function plainProblem(what: string, hint = ''): Problem {
  return { what, where: '', hint, code: '', further: [] };
}

export const GONE = plainProblem(
  'The server does not answer.',
  'Is `linchpin serve` still running? Start it again and try once more; nothing on this page is lost.',
);

export function toProblem(error: unknown): Problem {
  if (error instanceof ApiError) return error.problem;
  const text = error instanceof Error ? error.message : String(error);
  return plainProblem(`Something went wrong in this page: ${text}`, 'Reload the page.');
}

/** The problem and all that came with it, in one list. */
export function allProblems(problem: Problem): Problem[] {
  return [problem, ...problem.further.flatMap(allProblems)];
}

function capital(text: string): string {
  return text === '' ? '' : text.charAt(0).toUpperCase() + text.slice(1);
}

export function sentence(text: string): string {
  const found = capital(text.trim());
  return found === '' || /[.!?:]$/.test(found) ? found : `${found}.`;
}

/** "Region “XYZ” is unknown (events[0].buyers)." */
export function problemWords({ what, where }: Problem): string {
  return where === '' ? sentence(what) : `${sentence(what).replace(/\.$/, '')} (${where}).`;
}
