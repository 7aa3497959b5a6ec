import { LineReader } from './line-reader.ts';
import type { Feed, ScriptEnd } from './messages.ts';
import { readReply } from './reply.ts';
import type { ProcessEnd, ScriptProcess } from './script-process.ts';

/** How long a process may take to end by itself after its standard input has. */
const farewellMs = 1_000;

/** A process that closes its pipes and does not end within this time goes on without them. */
const endingMs = 100;

/** One process of a script that stays: a line in, a line out, one event at a time. */
export class ResidentScript {
  /** Events that it has answered. */
  served = 0;
  readonly #process: ScriptProcess;
  readonly #lines: LineReader;
  readonly #keptBytes: number;
  #current: { executionId: string; conclude: (end: ScriptEnd) => void } | undefined;
  #usable = true;
  #spoilt: { fault: string; line: string } | undefined;

  constructor(process: ScriptProcess, keptBytes: number) {
    this.#process = process;
    this.#keptBytes = keptBytes;
    this.#lines = new LineReader(
      process.stdout,
      keptBytes,
      (line) => this.#answer(line),
      () => this.#spoil('it answered with a line that is too long'),
    );
    // What says nothing more, or hears nothing more, is of no use, though its process may go on.
    process.stdout.once('end', () => this.#spoilUnlessEnding('it closed its standard output'));
    for (const closed of ['end', 'error']) {
      process.stdin.once(closed, () => this.#spoilUnlessEnding('it closed its standard input'));
    }
    void process.ended.then((end) => this.#over(end));
  }

  get pid(): number {
    return this.#process.pid;
  }

  /** Whether it can be given another event. */
  get usable(): boolean {
    return this.#usable;
  }

  /** Resolves when nothing of it is left. */
  get ended(): Promise<unknown> {
    return this.#process.ended;
  }

  /** Gives it an event and waits for its answer, or for its end. */
  call({ executionId, line }: Feed): Promise<ScriptEnd> {
    this.#process.stderr.clear();
    return new Promise((resolve) => {
      this.#current = { executionId, conclude: resolve };
      this.#process.stdin.write(`${line}\n`);
    });
  }

  /** Ends it, also in the middle of an event, which then ends with it. */
  terminate(): void {
    this.#usable = false;
    this.#process.terminate();
  }

  /** Lets it end by itself: there is nothing more to come. */
  async retire(): Promise<void> {
    this.#usable = false;
    this.#process.stdin.end();
    const impatient = setTimeout(() => this.#process.terminate(), farewellMs);
    await this.#process.ended;
    clearTimeout(impatient);
  }

  #answer(line: string): void {
    if (!this.#usable) return;
    if (!this.#current) {
      this.#spoil('it said something without having been asked');
      return;
    }
    const reply = readReply(line, this.#current.executionId);
    if ('fault' in reply) {
      this.#spoil(reply.fault, line);
      return;
    }
    this.served++;
    this.#conclude({ kind: 'replied', ...reply, output: this.#output(line) });
  }

  /** A process that ends closes its pipes as well: how it ended says more, and is known a moment later. */
  #spoilUnlessEnding(fault: string): void {
    const spoil = setTimeout(() => this.#spoil(fault), endingMs);
    void this.#process.exited.then(() => clearTimeout(spoil));
  }

  /**
   * What it says from now on cannot be told apart from an answer to something else: it is ended, and its event with it.
   */
  #spoil(fault: string, line = ''): void {
    if (!this.#usable) return;
    this.#spoilt = { fault, line };
    this.terminate();
  }

  #over(end: ProcessEnd): void {
    this.#usable = false;
    if (this.#spoilt) {
      const { fault, line } = this.#spoilt;
      this.#conclude({ kind: 'bad_reply', fault, output: this.#output(line) });
    } else {
      this.#conclude(end.kind === 'exited' ? { ...end, output: this.#output(this.#lines.rest) } : end);
    }
  }

  #conclude(end: ScriptEnd): void {
    this.#current?.conclude(end);
    this.#current = undefined;
  }

  #output(line: string) {
    const { text, truncated } = this.#process.stderr;
    const stdout = Buffer.from(line).subarray(0, this.#keptBytes).toString('utf8');
    return { stdout, stderr: text, truncated };
  }
}
