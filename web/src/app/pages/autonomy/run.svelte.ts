// SPDX-License-Identifier: Apache-2.0
// The runs behind the page: the central path after every move, draws and presets when asked for.
import { Job } from '../../lib/jobs.svelte';
import { presetTables, tablesOf, withCentral } from './document';
import { append, blocks, setValue } from './toml-edit';
import { AUTONOMY_TABLES, type AutonomyTables } from '../../../lib/contract/autonomy';

/** What an answer is about; answers about something else are not mixed. */
interface Asked {
  text: string;
  technology: string;
}

interface Answered extends Asked {
  document: unknown;
}

const DEBOUNCE_MS = 250;
export const PRESETS = ['sceptic', 'central', 'optimist'] as const;

function same(a: Asked | null, b: Asked): boolean {
  return a !== null && a.text === b.text && a.technology === b.technology;
}

/** The study with everything asked that takes long: presets, drivers, the best programme. */
export function askEverything(text: string, draws: number): string {
  const has = (header: string) => blocks(text).some((block) => block.header === header);
  let made = text;
  const top = blocks(made)[0];
  if (top !== undefined) made = setValue(made, top, 'presets', true);
  if (!has('[drivers]')) made = append(made, ['[drivers]', `draws = ${Math.max(600, draws * 6)}`]);
  if (!has('[optimal]')) made = append(made, ['[optimal]']);
  const ensemble = blocks(made).find(({ header }) => header === '[ensemble]');
  if (ensemble === undefined) return append(made, ['[ensemble]', `draws = ${draws}`, 'seed = 1']);
  return setValue(made, ensemble, 'draws', draws);
}

/** The study without what takes long, for the path that follows the sliders. */
export function quick(text: string): string {
  const top = blocks(text)[0];
  // Left alone where the study does not ask: older programs do not know the key.
  return top === undefined || !asksPresets(text) ? text : setValue(text, top, 'presets', false);
}

function asksPresets(text: string): boolean {
  const top = blocks(text)[0];
  const lines = text.split('\n');
  return top !== undefined && top.open.some((n) => /^\s*presets\s*=\s*true\b/.test(lines[n] ?? ''));
}

export function withPreset(text: string, preset: string): string {
  const top = blocks(text)[0];
  return top === undefined ? text : setValue(text, top, 'preset', preset);
}

/** Whether a text that was posted is what this page posts for a question. */
export function isAskedBy(posted: string, asked: Asked, draws: unknown): boolean {
  return (
    posted === quick(asked.text) ||
    (typeof draws === 'number' && posted === askEverything(asked.text, draws))
  );
}

export class AutonomyRuns {
  readonly central = new Job<unknown>(AUTONOMY_TABLES);
  readonly draws = new Job<unknown>(AUTONOMY_TABLES);
  readonly presets = PRESETS.map(() => new Job<unknown>(AUTONOMY_TABLES));
  #centralAsked: Asked | null = null;
  #drawsAsked: Asked | null = null;
  #presetsAsked: Asked | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** The last answer that came; kept while the next is on its way. */
  shown = $state.raw<Answered | null>(null);
  drawn = $state.raw<Answered | null>(null);
  beside = $state.raw<(Asked & { tables: AutonomyTables }) | null>(null);

  /** Asks for the central path soon, unless something else is asked for before. */
  want(asked: Asked) {
    clearTimeout(this.#timer);
    if (same(this.#centralAsked, asked)) return;
    this.#timer = setTimeout(() => this.#start(asked), this.shown === null ? 0 : DEBOUNCE_MS);
  }

  #start(asked: Asked) {
    this.#centralAsked = asked;
    // What was asked before is of no use here: it should not keep the queue.
    void this.central.replace('/api/v1/localize', {
      study: quick(asked.text),
      technologies: [asked.technology],
      draws: 0,
    });
  }

  startDraws(asked: Asked, draws: number, everything: boolean) {
    this.#drawsAsked = asked;
    void this.draws.start('/api/v1/localize', {
      study: everything ? askEverything(asked.text, draws) : quick(asked.text),
      technologies: [asked.technology],
      draws,
      seed: 1,
    });
  }

  openDraws(asked: Asked, run: number) {
    this.#drawsAsked = asked;
    void this.draws.open(run);
  }

  startPresets(asked: Asked) {
    this.#presetsAsked = asked;
    this.beside = null;
    this.presets.forEach((job, n) => {
      void job.replace('/api/v1/localize', {
        study: withPreset(quick(asked.text), PRESETS[n] ?? 'central'),
        technologies: [asked.technology],
        draws: 0,
      });
    });
  }

  /** Takes over answers that have come; to be called in an effect. */
  take() {
    if (this.central.state === 'done' && this.central.answer !== null && this.#centralAsked !== null)
      this.shown = { ...this.#centralAsked, document: this.central.answer };
    if (this.draws.state === 'done' && this.draws.answer !== null && this.#drawsAsked !== null)
      this.drawn = { ...this.#drawsAsked, document: this.draws.answer };
    // All are read before anything is decided: an effect follows only what it has read.
    const ready = this.presets.filter((job) => job.state === 'done' && job.answer !== null).length;
    const asked = this.#presetsAsked;
    if (asked !== null && ready === this.presets.length)
      this.beside = {
        ...asked,
        tables: presetTables(
          this.presets.map((job, n) => ({
            preset: PRESETS[n] ?? '',
            tables: tablesOf(job.answer, asked.technology),
          })),
        ),
      };
  }

  /** Tables to show for a question: what came last, with bands and presets if they are about it. */
  tables(asked: Asked): AutonomyTables {
    const central = this.shown === null ? {} : tablesOf(this.shown.document, this.shown.technology);
    const drawn = this.drawn !== null && same(this.drawn, asked) ? this.drawn : null;
    const beside = same(this.beside, asked) ? (this.beside?.tables ?? {}) : {};
    if (drawn === null) return { ...central, ...beside };
    return { ...withCentral(tablesOf(drawn.document, asked.technology), central), ...beside };
  }

  /** Whether the path shown is about this question. */
  isOf(asked: Asked): boolean {
    return same(this.shown, asked);
  }

  drawsAreOf(asked: Asked): boolean {
    return same(this.drawn, asked);
  }

  leave() {
    clearTimeout(this.#timer);
    for (const job of [this.central, this.draws, ...this.presets]) job.leave();
  }
}
