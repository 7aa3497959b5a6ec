import { styleText } from 'node:util';
import type { WriteStream } from 'node:tty';
import { indentJson } from '#contracts';
import { ProgressBar } from './progress-bar.ts';
import { tableText, type Column, type Style } from './table.ts';

type Stream = NodeJS.WritableStream & Partial<Pick<WriteStream, 'isTTY' | 'columns'>>;

/** What a command says: results to stdout, the rest to stderr. */
export class Output {
  /** For programs: results are JSON, and errors too. */
  json = false;
  readonly #out: Stream;
  readonly #err: Stream;

  constructor(out: Stream, err: Stream) {
    this.#out = out;
    this.#err = err;
  }

  /** A result: as JSON for programs, in words for people. */
  result(value: unknown, inWords: () => string): void {
    this.raw(`${this.json ? JSON.stringify(value, undefined, 2) : inWords()}\n`);
  }

  /** A result that is JSON already, with what others wrote in it: as it is written for programs, in words for people. */
  jsonText(text: string, inWords: () => string): void {
    this.raw(`${this.json ? indentJson(text) : inWords()}\n`);
  }

  /** One of many results that come one after the other: a line of JSON, or a line in words. */
  line(value: unknown, inWords: () => string): void {
    this.raw(`${this.json ? JSON.stringify(value) : inWords()}\n`);
  }

  /** A list of results. */
  list<T>(items: readonly T[], columns: readonly Column<T>[], whenEmpty: string): void {
    this.result(items, () => (items.length === 0 ? whenEmpty : this.table(items, columns)));
  }

  table<T>(items: readonly T[], columns: readonly Column<T>[]): string {
    const width = this.#out.isTTY ? (this.#out.columns ?? 80) : Number.POSITIVE_INFINITY;
    return tableText(items, columns, { width, style: (style, text) => this.styled(style, text) });
  }

  /** What people like to know beside the result; programs do not get it. */
  note(text: string): void {
    if (!this.json) this.rawNote(`${text}\n`);
  }

  /** How far something is, on a terminal. */
  progress(what: string): ProgressBar {
    return new ProgressBar(what, this.#err.isTTY && !this.json ? this.#err : undefined);
  }

  /** Text with colours, where they can be seen and are wanted (NO_COLOR). */
  styled(style: Style, text: string): string {
    return styleText(style, text, { stream: this.#out });
  }

  raw(text: string | Uint8Array): void {
    this.#out.write(text);
  }

  rawNote(text: string): void {
    this.#err.write(text);
  }
}
