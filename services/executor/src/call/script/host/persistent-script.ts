import { LineReader } from './line-reader.ts';
import type { Feed, ScriptEnd } from './messages.ts';
import type { ProcessEnd, ScriptProcess } from './script-process.ts';

/** How long a process may take to exit after its standard input has ended. */
const farewellMs = 1_000;

/** A process that closes its pipes and does not end within this time goes on without them. */
const endingMs = 100;

/** One process of a persistent script: a line in, a line out, one event at a time. */
export class PersistentScript {
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
    // A process that has closed its output or input cannot serve events, even if it keeps running.
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

  /** Lets it exit: no more events follow. */
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

/** What a persistent script said of an event, or what is wrong with how it said it. */
type Reply = { readonly ok: boolean; readonly retry: boolean; readonly error: string } | { readonly fault: string };

/** Reads one line of a persistent script. */
function readReply(line: string, executionId: string): Reply {
  const reply = parse(line);
  if (!reply) return { fault: `it answered with a line that is no JSON object: ${line.slice(0, 200)}` };
  const { execution_id: answered, ok, retry, error } = reply;
  if (answered !== executionId) {
    return {
      fault:
        `it answered for execution ${answered === undefined ? 'none' : JSON.stringify(answered)} ` +
        `when it was given ${executionId}`,
    };
  }
  if (typeof ok !== 'boolean') return { fault: 'its answer has no "ok" that is true or false' };
  if (retry !== undefined && typeof retry !== 'boolean')
    return { fault: 'its answer has a "retry" that is not true or false' };
  return { ok, retry: retry ?? true, error: typeof error === 'string' ? error : '' };
}

function parse(line: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}
