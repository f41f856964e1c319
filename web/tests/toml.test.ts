// SPDX-License-Identifier: Apache-2.0
// The reader and writer of study files: shipped studies come back the same, lines are found.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { lineOfPath, pathOfLine, readToml, TomlError } from '../src/app/pages/scenario/toml/read';
import { valueAt, withValue } from '../src/app/pages/scenario/toml/types';
import { tomlText, writeToml } from '../src/app/pages/scenario/toml/write';

const STUDIES = join(__dirname, '../../studies');

describe('reading', () => {
  it('reads every shipped study, and what is written reads the same', () => {
    const files = readdirSync(STUDIES).filter((name) => name.endsWith('.toml'));
    expect(files.length).toBeGreaterThan(3);
    for (const file of files) {
      const { value } = readToml(readFileSync(join(STUDIES, file), 'utf8'));
      expect(readToml(writeToml(value)).value).toEqual(value);
    }
  });

  it('knows texts, numbers, lists and tables', () => {
    const { value } = readToml(`a = "x\\n\\u00e9" # c
b = [1, 2.5, -3e2, 1_000, inf, # comment
  true,]
c = {d = 'lit\\n', "e f" = [[0, 0.3], [60, 1]]}
g.h = 1
q = """
one \\
   two"""
[t."u v"]
w = 0x1F
[[l]]
[[l]]
x = 1
[l.m]
y = 2
`);
    expect(value).toEqual({
      a: 'x\né',
      b: [1, 2.5, -300, 1000, Infinity, true],
      c: { d: 'lit\\n', 'e f': [[0, 0.3], [60, 1]] },
      g: { h: 1 },
      q: 'one two',
      t: { 'u v': { w: 31 } },
      l: [{}, { x: 1, m: { y: 2 } }],
    });
  });

  it.each([
    ['a = \n', 1, 'a value is missing'],
    ['a = 1\nb = [1, 2\nc = 3\n', 3, 'comma'],
    ['a = USA\n', 1, 'quotes'],
    ['a = 1\na = 2\n', 2, 'twice'],
    ['[a]\n[a]\n', 2, 'twice'],
    ['a = "x\n', 1, 'not closed'],
    ['__proto__ = 1\n', 1, 'no key'],
    ['a = 1 b = 2\n', 1, 'did not expect'],
  ])('says what is wrong and where: %j', (text, line, words) => {
    let error: unknown;
    try {
      readToml(text);
    } catch (found) {
      error = found;
    }
    expect(error).toBeInstanceOf(TomlError);
    expect((error as TomlError).line).toBe(line);
    expect((error as TomlError).message).toContain(words);
  });
});

describe('lines', () => {
  const { spans } = readToml('title = "x"\n\n[[scenario]]\nname = "a"\n[[scenario.cut]]\nsellers = [\n  "USA",\n]\n');

  it('leads from a line to its value and back', () => {
    expect(pathOfLine(spans, 1)).toBe('title');
    expect(pathOfLine(spans, 2)).toBeNull();
    expect(pathOfLine(spans, 5)).toBe('scenario[0].cut[0]');
    expect(pathOfLine(spans, 7)).toBe('scenario[0].cut[0].sellers');
    expect(lineOfPath(spans, 'scenario[0].cut[0].sellers')).toBe(6);
    expect(lineOfPath(spans, 'scenario[0].cut[0].share')).toBe(5);
    expect(lineOfPath(spans, 'nowhere')).toBeNull();
  });
});

describe('writing', () => {
  it('escapes what a text must not hold', () => {
    const nasty = 'a"b\\c\n\u0001</script>=SUM(A1)';
    expect(tomlText(nasty)).toBe('"a\\"b\\\\c\\n\\u0001</script>=SUM(A1)"');
    expect(readToml(writeToml({ [nasty]: nasty })).value).toEqual({ [nasty]: nasty });
  });

  it('puts events under headers and small tables into one line', () => {
    const text = writeToml({
      scenario: [{ cut: [{ sellers: ['USA'], licences: [{ for: 'CHN:c33', share: 0.2 }] }], model: { psi: 1e-7 }, name: 'a' }],
      equilibrium: { scenario: [{ name: 'b', ban: [{ left: 0 }] }] },
      disrupt: {},
      world: 'w',
    });
    expect(text).toBe(`world = "w"

[[scenario]]
name = "a"

[[scenario.cut]]
sellers = ["USA"]
licences = [{for = "CHN:c33", share = 0.2}]

[scenario.model]
psi = 1e-7

[[equilibrium.scenario]]
name = "b"

[[equilibrium.scenario.ban]]
left = 0

[disrupt]
`);
  });
});

describe('values by path', () => {
  const root = { scenario: [{ cut: [{ share: 1 }, { share: 0.5 }] }] };

  it('are read, changed and removed without touching the original', () => {
    expect(valueAt(root, ['scenario', 0, 'cut', 1, 'share'])).toBe(0.5);
    expect(valueAt(root, ['scenario', 1, 'cut'])).toBeUndefined();
    expect(valueAt(root, ['scenario', 0, 'constructor'])).toBeUndefined();
    const changed = withValue(root, ['scenario', 0, 'cut', 0, 'share'], 0.2);
    expect(valueAt(changed, ['scenario', 0, 'cut', 0, 'share'])).toBe(0.2);
    expect(root.scenario[0]!.cut[0]!.share).toBe(1);
    expect(withValue(root, ['scenario', 0, 'cut', 0], undefined)).toEqual({ scenario: [{ cut: [{ share: 0.5 }] }] });
    expect(withValue({}, ['disrupt', 'days'], 10)).toEqual({ disrupt: { days: 10 } });
  });
});
