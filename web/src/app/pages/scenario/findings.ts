// SPDX-License-Identifier: Apache-2.0
// What the server says about a text -> what stands at a field and at a line of the study.
import { allProblems, type Problem } from '../../lib/problems';
import { studyPath, type ScenarioRef } from './study';
import { lineOfPath, pathOfLine, readToml, type Span } from './toml/read';
import type { TomlTable } from './toml/types';

export interface Finding {
  what: string;
  hint: string;
  /** Of the study as it is shown. */
  line: number | null;
  /** "scenario[0].cut[1].share"; null where it is about none. */
  path: string | null;
}

/** "scenario.toml:6" -> 6 */
export function lineOfWhere(where: string): number | null {
  const found = /^[^:]+\.toml:(\d+)/.exec(where);
  return found === null ? null : Number(found[1]);
}

/** What is missing has no line of its own: the server names the line of the table. */
function missing(path: string | null, what: string): string | null {
  const key = /'(?:\w+\.)*(\w+)' is missing/.exec(what)?.[1];
  return path !== null && key !== undefined && path.endsWith(']') ? `${path}.${key}` : path;
}

interface Said {
  what: string;
  hint: string;
  line: number | null;
}

export function ofStudyText(said: readonly Said[], spans: readonly Span[]): Finding[] {
  return said.map(({ what, hint, line }) => ({
    what,
    hint,
    line,
    path: missing(line === null ? null : pathOfLine(spans, line), what),
  }));
}

/** The problem of a posted text: of the study, or of one scenario that was made from it. */
export function ofProblem(
  problem: Problem,
  posted: string,
  shown: { study: TomlTable; spans: readonly Span[] },
  scenario: ScenarioRef | null,
): Finding[] {
  const said = allProblems(problem).map(({ what, hint, where }) => ({ what, hint, line: lineOfWhere(where) }));
  if (scenario === null) return ofStudyText(said, shown.spans);
  const { spans } = readToml(posted);
  return ofStudyText(said, spans).map((finding) => {
    if (finding.path === null) return { ...finding, line: null };
    const path = studyPath(shown.study, scenario, finding.path);
    return { ...finding, path, line: lineOfPath(shown.spans, path) };
  });
}

/** Words for one field: all findings about it or a part of it. */
export function errorAt(findings: readonly Finding[], path: string): string {
  return findings
    .filter((finding) => finding.path === path || finding.path?.startsWith(`${path}[`))
    .map(({ what, hint }) => (hint === '' ? what : `${what}: ${hint}`))
    .join('; ');
}

/** How many findings are about a table or anything in it. */
export function countIn(findings: readonly Finding[], path: string): number {
  return findings.filter(
    ({ path: at }) => at === path || at?.startsWith(`${path}.`) || at?.startsWith(`${path}[`),
  ).length;
}
