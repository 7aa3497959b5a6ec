import { execa } from 'execa';
import { errorCode } from '../../error-code.ts';

export interface LaunchOptions {
  /** The whole environment of the program. */
  readonly env: Readonly<Record<string, string>>;
  /** Whether it is given two more files, as descriptors 3 and 4, and nothing to read as its standard input. */
  readonly withMoreFiles?: boolean;
  /** Its working directory. */
  readonly cwd?: string;
  readonly uid?: number;
  readonly gid?: number;
}

/** A process that runs, or the code of the system's error. */
export type Launched = { readonly program: Program; readonly pid: number } | { readonly failed: Promise<string> };

/**
 * A running program. Await its streams and its events: execa's promise waits for the pipes, which other processes may
 * hold open.
 */
export type Program = ReturnType<typeof start>;

/** Starts a program. A failure to start is reported in one way, whichever way Node chooses. */
export function launch(file: string, args: readonly string[], options: LaunchOptions): Launched {
  const program = start(file, args, options);
  if (program.pid !== undefined) return { program, pid: program.pid };
  return { failed: program.then(errorCode) };
}

const start = (file: string, args: readonly string[], { withMoreFiles = false, ...options }: LaunchOptions) =>
  execa(file, args, {
    ...options,
    stdio: withMoreFiles ? ['ignore', 'pipe', 'pipe', 'pipe', 'pipe'] : ['pipe', 'pipe', 'pipe'],
    // A script gets nothing of the environment of this process.
    extendEnv: false,
    // The readers of the output cap it.
    buffer: false,
    // An exit code is a result and no error.
    reject: false,
    // A session and a group of its own: this process ends the whole group, at a time of its own choice.
    detached: true,
    cleanup: false,
    forceKillAfterDelay: false,
  });
