const width = 30;
/** Clears the line, and moves the cursor to its beginning. */
const clearLine = '\r\u001b[2K';

/** Progress on one line of a terminal; without a terminal it prints nothing. */
export class ProgressBar {
  readonly #what: string;
  readonly #stream: NodeJS.WritableStream | undefined;

  constructor(what: string, stream: NodeJS.WritableStream | undefined) {
    this.#what = what;
    this.#stream = stream;
  }

  /** @param total Null while unknown. */
  show(done: number, total: number | null, detail = ''): void {
    this.#stream?.write(`${clearLine}${barText(this.#what, done, total, detail)}`);
  }

  /** Clears the line for the output that follows. */
  end(): void {
    this.#stream?.write(clearLine);
  }
}

export function barText(what: string, done: number, total: number | null, detail: string): string {
  if (total === null) return `${what}  ${done} ${detail}`.trimEnd();
  const share = total === 0 ? 1 : Math.min(done / total, 1);
  const filled = Math.round(share * width);
  const bar = '█'.repeat(filled) + '░'.repeat(width - filled);
  return `${what}  ${bar} ${Math.floor(share * 100)} %  ${done}/${total} ${detail}`.trimEnd();
}
