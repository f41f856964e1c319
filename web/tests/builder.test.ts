// SPDX-License-Identifier: Apache-2.0
// The scenario builder: events in files, bars on the timeline, errors at their fields.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { plainProblem, type Problem } from '../src/app/lib/problems';
import { EVENTS, specOf } from '../src/app/pages/scenario/events';
import { countIn, errorAt, lineOfWhere, ofProblem, ofStudyText } from '../src/app/pages/scenario/findings';
import {
  asStudy,
  dailyFile,
  eventsIn,
  freeName,
  ofRequest,
  regionsOf,
  roleValues,
  scenariosOf,
  starter,
  toggled,
  tradeFile,
  withEvent,
  withRole,
} from '../src/app/pages/scenario/study';
import { barOf, dateOf, moved, ticks } from '../src/app/pages/scenario/timeline';
import { readToml } from '../src/app/pages/scenario/toml/read';
import { writeToml } from '../src/app/pages/scenario/toml/write';

const file = (name: string) =>
  readToml(readFileSync(join(__dirname, '../../studies', name), 'utf8')).value;
const cut = specOf('daily', 'cut')!;

describe('studies', () => {
  it('find their scenarios and events', () => {
    const chips = file('01-chip-cutoff.toml');
    const [scenario] = scenariosOf(chips);
    expect(scenario).toMatchObject({ family: 'daily', name: 'chip-cutoff' });
    const [event] = eventsIn(chips, scenario!);
    expect(event!.spec.type).toBe('cut');
    expect(roleValues(event!.value, cut.roles[0]!)).toHaveLength(6);
    expect(scenariosOf(file('06-two-blocs.toml')).map(({ family }) => family)).toEqual(['trade', 'trade']);
  });

  it('make files of single scenarios, with what the study says for all', () => {
    const daily = dailyFile(file('01-chip-cutoff.toml'), 0);
    expect(daily).toMatchObject({ name: 'chip-cutoff', model: { tau_inventory_days: 30 } });
    expect(daily).not.toHaveProperty('world');
    const trade = tradeFile(file('05-chip-decoupling.toml'), 1);
    expect(trade).toMatchObject({ name: 'with-allies', theta: 'default', deficits: { rule: 'zero' } });
    expect((trade['groups'] as Record<string, string[]>)['ALLIES']).toContain('JPN');
    expect(trade).not.toHaveProperty('ensemble');
  });

  it('take single scenarios in', () => {
    const study = asStudy(file('scenario-example.toml'), 'world-2011');
    expect(study['world']).toBe('world-2011');
    const [scenario] = scenariosOf(study);
    expect(eventsIn(study, scenario!).map(({ spec }) => spec.type)).toEqual(['cut', 'capacity_loss']);
    expect(scenariosOf(asStudy({ ban: [{ sellers: ['USA'] }] }, 'w'))[0]!.family).toBe('trade');
  });

  it('come from the request of a run', () => {
    expect(ofRequest({ study: 'world = "w"' })).toEqual({ text: 'world = "w"', world: '', more: [] });
    const daily = ofRequest({ world: 'w', scenario: '[[cut]]', days: 40, draws: 64, seed: 2 })!;
    expect(daily.more).toEqual([
      [['disrupt', 'days'], 40],
      [['ensemble', 'draws'], 64],
      [['ensemble', 'seed'], 2],
    ]);
    const trade = ofRequest({ world: 'w', scenario: '[[ban]]', parts: 16, draws: 8 })!;
    expect(trade.more[0]).toEqual([['equilibrium', 'ensemble', 'draws'], 8]);
    expect(ofRequest({ game: 'x' })).toBeNull();
  });

  it('grow by events and scenarios', () => {
    const study = starter('world-2022e');
    const [scenario] = scenariosOf(study);
    const added = withEvent(study, scenario!, cut);
    expect(added.path).toEqual(['scenario', 0, 'cut', 0]);
    expect(writeToml(added.study)).toContain('[[scenario.cut]]\nsellers = []\nbuyers = []\n');
    expect(freeName(study, 'scenario')).toBe('scenario-2');
  });
});

describe('roles', () => {
  const regions = ['USA', 'CHN', 'TWN'];

  it('toggle regions and industries', () => {
    expect(toggled(['USA'], 'CHN', 'region')).toEqual(['USA', 'CHN']);
    expect(toggled(['USA', 'CHN'], 'CHN', 'region')).toEqual(['USA']);
    expect(toggled(['TWN:C26'], 'TWN', 'industries')).toEqual([]);
    expect(toggled([], 'TWN', 'industries')).toEqual(['TWN:*']);
    expect(toggled(['*'], 'TWN', 'region')).toEqual(['TWN']);
  });

  it('spell out groups, stars and industries', () => {
    expect([...regionsOf(['WEST', 'TWN:C26'], regions, { WEST: ['USA'] })]).toEqual(['USA', 'TWN']);
    expect(regionsOf(['*'], regions, {}).size).toBe(3);
    expect(regionsOf(['constructor'], regions, {}).size).toBe(0);
  });

  it('keep both sides of a closed way, and a stockpile in one key', () => {
    const closure = specOf('daily', 'closure')!;
    const one = withRole({}, closure.roles[1]!, ['DEU']);
    expect(one).toEqual({ between: [[], ['DEU']] });
    expect(roleValues({ between: ['CHN', 'DEU'] }, closure.roles[0]!)).toEqual(['CHN']);
    const reserve = specOf('daily', 'reserve')!;
    expect(withRole({ region: 'CHN' }, reserve.roles[0]!, ['CHN', 'USA'])).toEqual({ regions: ['CHN', 'USA'] });
  });
});

describe('timeline', () => {
  const event = { from_day: 30, ramp_days: 20, to_day: 100, recovery_days: 10 };

  it('draws bars', () => {
    expect(barOf(event, cut)).toEqual({ from: 30, full: 50, to: 100, gone: 110 });
    expect(barOf({}, cut)).toEqual({ from: 0, full: 0, to: null, gone: null });
    expect(barOf({ day: 3 }, specOf('daily', 'capital_loss')!)).toMatchObject({ from: 3, gone: 63 });
    expect(barOf({}, specOf('daily', 'retaliation')!)).toBeNull();
  });

  it('moves them inside the days', () => {
    expect(moved(event, cut, 'whole', 40, 365)).toEqual({ from_day: 40, to_day: 110 });
    expect(moved(event, cut, 'whole', -7, 365)).toEqual({ from_day: 0, to_day: 70 });
    expect(moved(event, cut, 'from', 500, 365)).toEqual({ from_day: 99 });
    expect(moved(event, cut, 'ramp', 30, 365)).toEqual({ ramp_days: undefined });
    expect(moved(event, cut, 'to', 10, 365)).toEqual({ to_day: 31 });
    expect(moved(event, cut, 'to', 366, 365)).toEqual({ to_day: undefined });
  });

  it('has ticks and dates', () => {
    expect(ticks(365, 8)).toEqual([0, 60, 120, 180, 240, 300, 360]);
    expect(dateOf('2027-01-31', 1)).toBe('1 Feb 2027');
    expect(dateOf('', 1)).toBe('');
  });
});

describe('findings', () => {
  const text = 'world = "w"\n\n[[scenario]]\nname = "a"\n\n[[scenario.cut]]\nsellers = ["USAA"]\nshare = 1.5\n';
  const { value: study, spans } = readToml(text);

  it('go to their fields', () => {
    const found = ofStudyText(
      [
        { what: "unknown region 'USAA'", hint: "did you mean 'USA'?", line: 7 },
        { what: "'cut.buyers' is missing", hint: '', line: 6 },
        { what: 'something else', hint: '', line: null },
      ],
      spans,
    );
    expect(errorAt(found, 'scenario[0].cut[0].sellers')).toBe("unknown region 'USAA': did you mean 'USA'?");
    expect(errorAt(found, 'scenario[0].cut[0].buyers')).toContain('missing');
    expect(countIn(found, 'scenario[0].cut[0]')).toBe(2);
    expect(found[2]!.path).toBeNull();
  });

  it('of a posted scenario go to the lines of the study', () => {
    const scenario = scenariosOf(study)[0]!;
    const posted = writeToml(dailyFile(study, 0));
    const line = posted.split('\n').findIndex((each) => each.startsWith('share')) + 1;
    const problem: Problem = { ...plainProblem("'cut.share' is 1.5"), where: `scenario.toml:${line}` };
    const [found] = ofProblem(problem, posted, { study, spans }, scenario);
    expect(found).toMatchObject({ path: 'scenario[0].cut[0].share', line: 8 });
    expect(lineOfWhere('study.toml:12: x')).toBe(12);
    expect(lineOfWhere('draws')).toBeNull();
  });
});

describe('events', () => {
  it('have distinct types and fields', () => {
    expect(new Set(EVENTS.map(({ type }) => type)).size).toBe(EVENTS.length);
    for (const { fields } of EVENTS) expect(new Set(fields.map(({ key }) => key)).size).toBe(fields.length);
  });
});
