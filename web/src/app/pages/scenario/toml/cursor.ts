// SPDX-License-Identifier: Apache-2.0
// A place in a text, and small steps over it.

export class TomlError extends Error {
  constructor(
    message: string,
    /** Counts from 1. */
    readonly line: number,
  ) {
    super(message);
  }
}

export class Cursor {
  #at = 0;
  line = 1;
  readonly #text: string;

  constructor(text: string) {
    this.#text = text.replace(/^\uFEFF/, '').replace(/\r\n/g, '\n');
  }

  get done(): boolean {
    return this.#at >= this.#text.length;
  }

  peek(): string {
    return this.#text.charAt(this.#at);
  }

  starts(word: string): boolean {
    return this.#text.startsWith(word, this.#at);
  }

  next(): string {
    const character = this.peek();
    this.#at += 1;
    if (character === '\n') this.line += 1;
    return character;
  }

  take(word: string): boolean {
    if (!this.starts(word)) return false;
    for (let i = 0; i < word.length; i += 1) this.next();
    return true;
  }

  match(pattern: RegExp): string {
    const sticky = new RegExp(pattern.source, 'y');
    sticky.lastIndex = this.#at;
    const found = sticky.exec(this.#text)?.[0] ?? '';
    this.#at += found.length;
    return found;
  }

  /** Blanks and tabs. */
  blanks() {
    this.match(/[ \t]*/);
  }

  /** Blanks, comments and ends of lines. */
  space() {
    for (;;) {
      this.match(/[ \t]+/);
      this.match(/#[^\n]*/);
      if (this.peek() !== '\n') return;
      this.next();
    }
  }

  endLine() {
    this.match(/[ \t]*(#[^\n]*)?/);
    if (!this.done && this.peek() !== '\n') throw this.error(`did not expect “${this.peek()}” here`);
  }

  error(message: string): TomlError {
    return new TomlError(message, this.line);
  }
}
