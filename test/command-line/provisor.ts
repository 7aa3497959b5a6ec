import { createInterface } from 'node:readline';
import { PassThrough, Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { Output } from '../../cli/src/output/output.ts';
import { runProgram } from '../../cli/src/run-program.ts';

const main = fileURLToPath(new URL('../../cli/src/main.ts', import.meta.url));

/** How a command has ended, and what it said. */
export interface Ended {
  code: number | null;
  out: string;
  err: string;
}

export interface RunOptions {
  env?: NodeJS.ProcessEnv;
  /** The standard input. */
  input?: string;
  /** Width of the terminal; without it the output is a pipe. */
  columns?: number;
}

/** The command line, as people use it. */
export class Provisor {
  readonly #environment: NodeJS.ProcessEnv;

  /** @param environment Beside it, commands know nothing of the test's own. */
  constructor(environment: NodeJS.ProcessEnv) {
    this.#environment = { PATH: process.env['PATH'], HOME: '/nowhere', ...environment };
  }

  /** Runs a command in this process: starting one takes longer than what most commands do. */
  async run(args: string[], { env = {}, input = '', columns }: RunOptions = {}): Promise<Ended> {
    const [out, err] = [new PassThrough(), new PassThrough()];
    const said = Promise.all([text(out), text(err)]);
    const code = await runProgram(args, {
      environment: { ...this.#environment, ...env },
      input: Readable.from([input]),
      output: new Output(out, err, columns),
      signal: new AbortController().signal,
    });
    out.end();
    err.end();
    const [outText, errText] = await said;
    return { code, out: outText, err: errText };
  }

  /** What a command that has to succeed says for programs. */
  async json<T>(...args: string[]): Promise<T> {
    const { code, out, err } = await this.run([...args, '--json']);
    if (code !== 0) throw new Error(`provisor ${args.join(' ')}: ${String(code)} ${err}`);
    return JSON.parse(out) as T;
  }

  /** Starts a command as a process of its own; its lines can be waited for. */
  start(args: string[]): Running {
    return new Running(startMain(args, this.#environment));
  }
}

const startMain = (args: string[], env: NodeJS.ProcessEnv) =>
  execa(process.execPath, ['--conditions=provisor-source', main, ...args], {
    env,
    extendEnv: false,
    buffer: false,
    reject: false,
  });

/** A command that runs as a process. */
export class Running {
  readonly #program: ReturnType<typeof startMain>;
  readonly #lines: AsyncIterableIterator<string>;

  constructor(program: ReturnType<typeof startMain>) {
    this.#program = program;
    this.#lines = createInterface({ input: program.stdout })[Symbol.asyncIterator]();
  }

  /** The next line that it says. */
  async next(): Promise<string> {
    return (await this.#lines.next()).value as string;
  }

  /** Ctrl-C. */
  interrupt(): void {
    this.#program.kill('SIGINT');
  }

  /** Resolves with the exit code. */
  async ended(): Promise<number | undefined> {
    this.#program.stdout.resume();
    return (await this.#program).exitCode;
  }
}
