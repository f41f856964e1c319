// SPDX-License-Identifier: Apache-2.0
// The study that is being built: its text, the values read from it, what is wrong with it. The text
// is what counts; forms change the values and write the text anew. Lives as long as the application,
// so that a look at another page loses nothing.
import { api } from '../../lib/api';
import { ApiError, toProblem, type Problem } from '../../lib/problems';
import type { EventSpec, Family } from './events';
import { ofProblem, ofStudyText, type Finding } from './findings';
import {
  asStudy,
  eventsIn,
  freeName,
  groupsOf,
  scenariosOf,
  starter,
  withEvent,
  type EventRef,
  type ScenarioRef,
} from './study';
import { readToml, TomlError, type Span } from './toml/read';
import { pathText, valueAt, withValue, type Path, type Toml, type TomlTable } from './toml/types';
import { writeToml } from './toml/write';

const PATIENCE_MS = 350;

export class Builder {
  text = $state('');
  /** Of the last text that could be read. */
  study = $state.raw<TomlTable>({});
  spans = $state.raw<Span[]>([]);
  /** Why the text cannot be read. */
  syntax = $state.raw<{ line: number; what: string } | null>(null);
  findings = $state.raw<Finding[]>([]);
  /** False while the server has not seen the text as it stands. */
  checked = $state(false);
  /** The server cannot be asked; in words. */
  trouble = $state.raw<Problem | null>(null);
  /** Place of the scenario in the list of all. */
  at = $state(0);
  /** Path of the event that is open, as text. */
  open = $state('');
  /** Groups are kept here while the study has no place for them. */
  groups = $state.raw<Record<string, string[]>>({});
  #timer: ReturnType<typeof setTimeout> | null = null;
  #asked: AbortController | null = null;

  readonly scenarios = $derived(scenariosOf(this.study));
  readonly scenario = $derived<ScenarioRef | null>(
    this.scenarios[Math.min(this.at, this.scenarios.length - 1)] ?? null,
  );
  readonly events = $derived<EventRef[]>(
    this.scenario === null ? [] : eventsIn(this.study, this.scenario),
  );
  readonly event = $derived<EventRef | null>(
    this.events.find(({ path }) => pathText(path) === this.open) ?? null,
  );
  readonly horizon = $derived.by(() => {
    const days = valueAt(this.study, ['disrupt', 'days']);
    return typeof days === 'number' && days >= 1 ? Math.round(days) : 365;
  });
  readonly world = $derived.by(() => {
    const world = this.study['world'];
    return typeof world === 'string' ? world : '';
  });

  /** A new text, from the editor, a file or the address. */
  setText(text: string) {
    this.text = text;
    this.checked = false;
    try {
      const { value, spans } = readToml(text);
      this.study = value;
      this.spans = spans;
      this.syntax = null;
      this.groups = { ...this.groups, ...groupsOf(value) };
      this.#plan();
    } catch (error) {
      if (!(error instanceof TomlError)) throw error;
      this.syntax = { line: error.line, what: error.message };
      this.findings = [];
      this.#stop();
    }
  }

  /** Opens a file: a study, or one scenario, which becomes a study of `world`. */
  load(text: string, world: string) {
    this.at = 0;
    this.open = '';
    this.setText(text);
    if (this.syntax === null && this.world === '') this.#write(asStudy(this.study, world));
    this.openFirst();
  }

  /** So that the map shows something. */
  openFirst() {
    const [first] = this.events;
    this.open = first === undefined ? '' : pathText(first.path);
  }

  start(world: string) {
    this.at = 0;
    this.open = '';
    this.#write(starter(world));
  }

  set(path: Path, value: Toml | undefined) {
    this.#write(withValue(this.study, path, value));
  }

  setAll(path: Path, patch: Readonly<Record<string, Toml | undefined>>) {
    this.#write(
      Object.entries(patch).reduce(
        (study, [key, value]) => withValue(study, [...path, key], value),
        this.study,
      ),
    );
  }

  addEvent(spec: EventSpec): EventRef | null {
    if (this.scenario === null) return null;
    const { study, path } = withEvent(this.study, this.scenario, spec);
    this.#write(study);
    this.open = pathText(path);
    return this.event;
  }

  removeEvent(event: EventRef) {
    const list = event.path.slice(0, -1);
    const study = withValue(this.study, event.path, undefined);
    const left = valueAt(study, list);
    this.open = '';
    this.#write(Array.isArray(left) && left.length === 0 ? withValue(study, list, undefined) : study);
  }

  addScenario(family: Family) {
    const base: Path = family === 'daily' ? ['scenario'] : ['equilibrium', 'scenario'];
    const list = valueAt(this.study, base);
    const name = freeName(this.study, family === 'daily' ? 'scenario' : 'trade');
    const index = Array.isArray(list) ? list.length : 0;
    let study = withValue(this.study, [...base, index], { name });
    if (family === 'trade')
      for (const [group, members] of Object.entries(this.groups))
        study = withValue(study, ['equilibrium', 'groups', group], members);
    this.open = '';
    this.#write(study);
    this.at = this.scenarios.findIndex((each) => each.family === family && each.index === index);
  }

  removeScenario(scenario: ScenarioRef) {
    const base = scenario.path.slice(0, -1);
    let study = withValue(this.study, scenario.path, undefined);
    const left = valueAt(study, base);
    if (Array.isArray(left) && left.length === 0)
      study = withValue(study, scenario.family === 'trade' ? ['equilibrium'] : base, undefined);
    this.at = 0;
    this.open = '';
    this.#write(study);
  }

  setGroup(name: string, members: readonly string[]) {
    const groups = { ...this.groups };
    if (members.length === 0) delete groups[name];
    else groups[name] = [...members];
    this.groups = groups;
    if (this.scenarios.some(({ family }) => family === 'trade'))
      this.set(['equilibrium', 'groups', name], members.length === 0 ? undefined : [...members]);
  }

  /** What the server said when a text was posted to be run. */
  take(problem: Problem, posted: string, scenario: ScenarioRef | null) {
    this.findings = ofProblem(problem, posted, this, scenario);
  }

  #write(study: TomlTable) {
    const text = writeToml(study);
    // Read back, so that values and lines are those of the text.
    this.setText(text);
  }

  #stop() {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#asked?.abort();
    this.#timer = null;
  }

  #plan() {
    this.#stop();
    this.#timer = setTimeout(() => void this.check(), PATIENCE_MS);
  }

  /** Asks the server what is wrong with the text. */
  async check(): Promise<void> {
    const asked = (this.#asked = new AbortController());
    const { text, spans } = this;
    try {
      const answer = await api.ask('/api/v1/validate', { kind: 'study', text }, { signal: asked.signal });
      if (text !== this.text) return;
      this.findings = ofStudyText(answer.findings, spans);
      this.trouble = null;
      this.checked = true;
    } catch (error) {
      if (asked.signal.aborted) return;
      this.trouble = error instanceof ApiError && error.status === 404 ? null : toProblem(error);
    }
  }
}

export const builder = new Builder();
