const lastLines = 8;

/** A table that stays where it is on a terminal, with the latest news below; elsewhere, each change of it. */
export class Screen {
  readonly #isTerminal = process.stdout.isTTY;
  readonly #news: string[] = [];
  #table = '';
  #height = 0;

  /** Shows the table; elsewhere than on a terminal, only when it has changed. */
  show(table: string): void {
    if (table === this.#table) return;
    this.#table = table;
    if (this.#isTerminal) this.#draw();
    else console.log(`\n${table}`);
  }

  /** Adds a line to the news. */
  say(line: string): void {
    const told = `${new Date().toLocaleTimeString('en-GB')}  ${line}`;
    this.#news.push(told);
    if (this.#news.length > lastLines) this.#news.shift();
    if (this.#isTerminal) this.#draw();
    else console.log(told);
  }

  #draw(): void {
    const lines = [...this.#table.split('\n'), '', ...this.#news];
    const up = this.#height > 0 ? `\u001b[${this.#height}A` : '';
    process.stdout.write(`${up}\u001b[0J${lines.join('\n')}\n`);
    this.#height = lines.length;
  }
}
