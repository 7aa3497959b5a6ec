import { constants } from 'node:os';
import { execa } from 'execa';
import { errorCode } from '../../error-code.ts';
import type { Limits } from './limits.ts';
import type { ScriptProgram } from './messages.ts';

/** A launcher that has had nothing to do for so long ends. */
const idleMs = 10_000;
const lengthBytes = 4;
/** A character takes no more of UTF-8. */
const mostCharacterBytes = 3;

/** What a launcher is to start. */
export interface LaunchOrder extends Omit<ScriptProgram, 'until'> {
  readonly limits: Limits;
  /** Goes to the standard input of the script. */
  readonly body: Uint8Array;
}

/** How a script that a launcher started has ended. */
export interface LaunchEnd {
  readonly pid: number;
  readonly exitCode: number | null;
  readonly signal: string | null;
  readonly stdout: Buffer;
  readonly stderr: Buffer;
  /** Whether it wrote more than that. */
  readonly truncated: boolean;
  /** What the launcher says when the script could not be started; otherwise empty. */
  readonly failure: string;
}

/** Hears of a running script. */
interface Listener {
  /** The script has exited, and others hold its pipes open. */
  exited(pid: number): void;
  ended(end: LaunchEnd | LauncherGone): void;
}

/** The launcher ended before the script did, or could not be started itself. */
export interface LauncherGone {
  /** Of the system's error, like `EAGAIN`, when it could not be started. */
  readonly code: string | undefined;
}

/** A process that starts one script after the other. See `launcher.pl` for what it does, and for its messages. */
class Launcher {
  readonly #process: Process;
  #listener: Listener | undefined;
  #received: Buffer[] = [];
  #gone: LauncherGone | undefined;

  constructor([file, ...args]: readonly string[]) {
    const launched = start(file!, args);
    this.#process = launched.nodeChildProcess;
    launched.stdout.on('data', (piece: Buffer) => this.#receive(piece));
    for (const pipe of [launched.stdin, launched.stdout]) pipe.on('error', () => {}); // execa reports its end.
    void launched.then((end) => this.#go(launched.pid === undefined ? errorCode(end) : undefined));
  }

  get isGone(): boolean {
    return this.#gone !== undefined;
  }

  start({ cwd, body, limits, file, args, env }: LaunchOrder, listener: Listener): void {
    this.#listener = listener;
    const variables = Object.entries(env).map(([name, value]) => `${name}=${value}`);
    const words = [file, ...args];
    this.#send(['run', cwd, body, limits.length, ...limits.flat(), words.length, ...words, ...variables]);
  }

  /** Sends a signal to the script and its process group. */
  signal(signal: 'TERM' | 'KILL'): void {
    this.#send([signal]);
  }

  /** Lets it end: there is nothing more to come. */
  retire(): void {
    this.#process.stdin!.end();
  }

  /** Ends it at once, also when it was stopped. */
  kill(): void {
    this.#process.kill('SIGKILL');
  }

  #send(fields: readonly (string | number | Uint8Array)[]): void {
    this.#process.stdin!.write(encode(fields.map((field) => (typeof field === 'number' ? String(field) : field))));
  }

  #receive(piece: Buffer): void {
    this.#received.push(piece);
    let bytes = this.#received.length === 1 ? piece : Buffer.concat(this.#received);
    while (bytes.length >= lengthBytes && bytes.length >= lengthBytes + bytes.readUInt32BE()) {
      const end = lengthBytes + bytes.readUInt32BE();
      this.#hear(fieldsOf(bytes.subarray(lengthBytes, end)));
      bytes = bytes.subarray(end);
    }
    this.#received = bytes.length === 0 ? [] : [bytes];
  }

  #hear([kind, pid, status, stdout, stdoutLength, stderr, stderrLength, failure]: readonly Buffer[]): void {
    if (String(kind) === 'exited') {
      this.#listener?.exited(Number(pid));
      return;
    }
    const isLonger = (kept: Buffer, length: Buffer): boolean => Number(length) > kept.length;
    this.#conclude({
      pid: Number(pid),
      ...exitOf(Number(status)),
      stdout: stdout!,
      stderr: stderr!,
      truncated: isLonger(stdout!, stdoutLength!) || isLonger(stderr!, stderrLength!),
      failure: String(failure),
    });
  }

  #go(code: string | undefined): void {
    this.#gone = { code };
    this.#conclude(this.#gone);
  }

  #conclude(end: LaunchEnd | LauncherGone): void {
    const listener = this.#listener;
    this.#listener = undefined;
    listener?.ended(end);
  }
}

/** Keeps launchers: starts one when none is free, so that there are as many as there have been scripts at a time. */
export class Launchers {
  readonly #command: readonly string[];
  readonly #idle: { launcher: Launcher; retirement: NodeJS.Timeout }[] = [];

  constructor(command: readonly string[]) {
    this.#command = command;
  }

  /** Has a script started. The launcher can be used until the script has ended. */
  start(order: LaunchOrder, listener: Listener): Pick<Launcher, 'signal' | 'kill'> {
    const launcher = this.#takeIdle() ?? new Launcher(this.#command);
    launcher.start(order, {
      exited: (pid) => listener.exited(pid),
      ended: (end) => {
        if ('pid' in end) this.#putBack(launcher);
        listener.ended(end);
      },
    });
    return launcher;
  }

  /** The one that was used last, so that those beyond what is needed grow idle. */
  #takeIdle(): Launcher | undefined {
    for (let entry = this.#idle.pop(); entry; entry = this.#idle.pop()) {
      clearTimeout(entry.retirement);
      if (!entry.launcher.isGone) return entry.launcher;
    }
    return undefined;
  }

  #putBack(launcher: Launcher): void {
    const retirement = setTimeout(() => {
      const index = this.#idle.findIndex((entry) => entry.launcher === launcher);
      this.#idle.splice(index, 1);
      launcher.retire();
    }, idleMs);
    this.#idle.push({ launcher, retirement });
  }
}

type Process = ReturnType<typeof start>['nodeChildProcess'];

const start = (file: string, args: readonly string[]) =>
  execa(file, args, {
    // Its environment is that of this process, which has nothing of the executor's. Scripts get theirs with the order.
    stdin: 'pipe',
    stdout: 'pipe',
    stderr: 'inherit',
    encoding: 'buffer',
    buffer: false,
    // Its end is heard of as soon as it comes, however it does.
    reject: false,
    // A terminal's Ctrl-C is for the executor. It ends when this process does, and then ends what it runs.
    detached: true,
    cleanup: false,
    forceKillAfterDelay: false,
  });

/** A message: its length, and fields that have one each. */
function encode(fields: readonly (string | Uint8Array)[]): Buffer {
  const most = (field: string | Uint8Array) => field.length * (typeof field === 'string' ? mostCharacterBytes : 1);
  const message = Buffer.allocUnsafe(fields.reduce((sum, field) => sum + lengthBytes + most(field), lengthBytes));
  let at = lengthBytes;
  for (const field of fields) {
    const start = at + lengthBytes;
    if (typeof field === 'string') at = start + message.write(field, start);
    else {
      message.set(field, start);
      at = start + field.length;
    }
    message.writeUInt32BE(at - start, start - lengthBytes);
  }
  message.writeUInt32BE(at - lengthBytes);
  return message.subarray(0, at);
}

function fieldsOf(message: Buffer): Buffer[] {
  const fields: Buffer[] = [];
  for (let at = 0; at < message.length;) {
    const start = at + lengthBytes;
    at = start + message.readUInt32BE(at);
    fields.push(message.subarray(start, at));
  }
  return fields;
}

/** Of two names for one the first is the usual one. */
const signalNames = new Map(
  Object.entries(constants.signals)
    .reverse()
    .map(([name, number]) => [number, name]),
);

/** Reads what `wait` says of the end of a process. */
function exitOf(status: number): Pick<LaunchEnd, 'exitCode' | 'signal'> {
  const signal = status & 0x7f;
  if (signal === 0) return { exitCode: status >> 8, signal: null };
  return { exitCode: null, signal: signalNames.get(signal) ?? `signal ${signal}` };
}
