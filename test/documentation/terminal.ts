import { on, once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { execa, type ResultPromise } from 'execa';

/** For a block of commands, and for a program to be up. */
const [patienceMs, startMs] = [60_000, 120_000];

/** How a block has ended. */
export interface Ran {
  code: number;
  /** On both ways out, as a person sees it. */
  printed: string;
}

/** A place to give commands at. */
export interface Desk {
  folder: string;
  environment: NodeJS.ProcessEnv;
  /** Where notes may be left. */
  drawer: string;
}

type Child = ResultPromise['nodeChildProcess'];

/** A group of its own, which Ctrl-C and the end of patience are for. */
const ownGroup = { extendEnv: false, detached: true, cleanup: false, buffer: false, reject: false } as const;

/** A shell, in which what one block has set is there in the next. A command that fails ends it. */
export class Terminal {
  readonly #desk: Desk;
  readonly #shell: Child;
  readonly #answers: AsyncIterator<string>;
  #blocks = 0;

  constructor(desk: Desk) {
    this.#desk = desk;
    this.#shell = execa('bash', ['--noprofile', '--norc', '-eo', 'pipefail'], {
      ...ownGroup,
      cwd: desk.folder,
      env: desk.environment,
      stderr: 'inherit',
    }).nodeChildProcess;
    this.#answers = createInterface({ input: this.#shell.stdout! })[Symbol.asyncIterator]();
  }

  /** @param input What is typed while it runs. */
  async run(script: string, input = ''): Promise<Ran> {
    const at = (end: string) => join(this.#desk.drawer, `${String(this.#shell.pid)}-${String(this.#blocks)}.${end}`);
    this.#blocks += 1;
    await writeFile(at('sh'), `${script}\n`);
    await writeFile(at('in'), input);
    this.#shell.stdin!.write(`source '${at('sh')}' < '${at('in')}' > '${at('out')}' 2>&1; echo done\n`);
    const limit = setTimeout(() => this.close(), patienceMs);
    const { done: isEnded = false } = await this.#answers.next();
    clearTimeout(limit);
    const code = isEnded ? ((await exitOf(this.#shell)) ?? -1) : 0;
    return { code, printed: await readFile(at('out'), 'utf8') };
  }

  close(): void {
    signalGroup(this.#shell, 'SIGKILL');
  }
}

/** A program that goes on until Ctrl-C, in a terminal of its own. */
export class RunningProgram {
  readonly #process: Child;
  #said = '';

  constructor(command: string, { folder, environment }: Omit<Desk, 'drawer'>) {
    this.#process = execa('sh', ['-c', command], {
      ...ownGroup,
      cwd: folder,
      env: environment,
      stdin: 'ignore',
    }).nodeChildProcess;
    const listen = (chunk: Buffer) => (this.#said += chunk.toString());
    this.#process.stdout!.on('data', listen);
    this.#process.stderr!.on('data', listen);
  }

  /** What it has printed so far. */
  get said(): string {
    return this.#said;
  }

  /** Resolves when it has printed such a line. */
  async until(line: RegExp): Promise<void> {
    const wanted = new RegExp(line, 'm');
    const heard = on(this.#process.stdout!, 'data', { signal: AbortSignal.timeout(startMs), close: ['end'] });
    while (!wanted.test(this.#said)) {
      const { done: isEnded } = await heard.next();
      if (isEnded) throw new Error(`it has ended without saying ${line.source}:\n${this.#said}`);
    }
  }

  /** Ctrl-C. Resolves with the exit code. */
  async interrupt(): Promise<number | null> {
    signalGroup(this.#process, 'SIGINT');
    return exitOf(this.#process);
  }
}

async function exitOf(process: Child): Promise<number | null> {
  if (!isOver(process)) await once(process, 'exit');
  return process.exitCode;
}

function isOver({ exitCode, signalCode }: Child): boolean {
  return exitCode !== null || signalCode !== null;
}

function signalGroup(child: Child, signal: NodeJS.Signals): void {
  if (!isOver(child)) process.kill(-child.pid!, signal);
}
