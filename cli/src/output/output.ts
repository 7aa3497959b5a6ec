import { styleText } from 'node:util';
import type { WriteStream } from 'node:tty';
import { indentJson } from '#contracts';
import { ProgressBar } from './progress-bar.ts';
import { tableText, type Column, type Style } from './table.ts';

type Stream = NodeJS.WritableStream & Partial<Pick<WriteStream, 'isTTY' | 'columns'>>;

/** Width of help where the output is no terminal, in characters. */
const pageWidth = 80;

/** What a command prints: results to stdout, everything else to stderr. */
export class Output {
  /** For programs: results are JSON, and errors too. */
  json = false;
  /** Tables have every column, and cut nothing. */
  wide = false;
  readonly #out: Stream;
  readonly #err: Stream;
  readonly #columns: number | undefined;

  /** @param columns Width of a line; without it that of the terminal. A pipe has none, so that nothing is cut there. */
  constructor(out: Stream, err: Stream, columns?: number) {
    this.#out = out;
    this.#err = err;
    this.#columns = columns;
  }

  /** Width for help, in characters. */
  get helpWidth(): number {
    return Math.min(this.#width ?? pageWidth, pageWidth);
  }

  get #width(): number | undefined {
    return this.#columns ?? (this.#out.isTTY ? (this.#out.columns ?? pageWidth) : undefined);
  }

  /** Prints a result: as JSON for programs, in words for people. */
  result(value: unknown, inWords: () => string): void {
    this.raw(`${this.json ? JSON.stringify(value, undefined, 2) : inWords()}\n`);
  }

  /** Prints a result that is JSON text already: unchanged but for indentation, or in words for people. */
  jsonText(text: string, inWords: () => string): void {
    this.raw(`${this.json ? indentJson(text) : inWords()}\n`);
  }

  /** Prints one of several results: as a line of JSON, or a line in words. */
  line(value: unknown, inWords: () => string): void {
    this.raw(`${this.json ? JSON.stringify(value) : inWords()}\n`);
  }

  /** Prints a list of results. */
  list<T>(items: readonly T[], columns: readonly Column<T>[], whenEmpty: string): void {
    this.result(items, () => (items.length === 0 ? whenEmpty : this.table(items, columns)));
  }

  table<T>(items: readonly T[], columns: readonly Column<T>[]): string {
    const width = this.wide ? Number.POSITIVE_INFINITY : (this.#width ?? Number.POSITIVE_INFINITY);
    return tableText(items, columns, { width, style: (style, text) => this.styled(style, text) });
  }

  /** What helps people beside the result; programs do not get it. */
  note(text: string): void {
    if (!this.json) this.rawNote(`${text}\n`);
  }

  /** Progress, on a terminal. */
  progress(what: string): ProgressBar {
    return new ProgressBar(what, this.#err.isTTY && !this.json ? this.#err : undefined);
  }

  /** Text with colors, on a terminal and unless NO_COLOR is set. */
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
