// SPDX-License-Identifier: Apache-2.0
// Short messages at the edge of the screen. Errors stay until they are closed.
import { problemWords, toProblem, type Problem } from './problems';

export interface Toast {
  id: number;
  kind: 'note' | 'error';
  text: string;
  hint: string;
}

class Toasts {
  list = $state<Toast[]>([]);
  #next = 1;

  note(text: string) {
    const id = this.#add({ kind: 'note', text, hint: '' });
    setTimeout(() => this.close(id), 6000);
  }

  error(error: unknown) {
    this.problem(toProblem(error));
  }

  problem(problem: Problem) {
    const more = problem.further.length;
    const rest = more === 0 ? '' : ` ${more} more ${more === 1 ? 'finding' : 'findings'}.`;
    const text = problemWords(problem) + rest;
    if (this.list.some((toast) => toast.text === text)) return;
    this.#add({ kind: 'error', text, hint: problem.hint });
  }

  close(id: number) {
    this.list = this.list.filter((toast) => toast.id !== id);
  }

  #add(toast: Omit<Toast, 'id'>): number {
    const id = this.#next++;
    // The oldest gives way: a column of messages would cover the page.
    this.list = [...this.list.slice(-3), { id, ...toast }];
    return id;
  }
}

export const toasts = new Toasts();
