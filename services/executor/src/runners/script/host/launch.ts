import { spawn, type ChildProcessWithoutNullStreams, type SpawnOptionsWithoutStdio } from 'node:child_process';
import { once } from 'node:events';
import { errorCode } from '../../error-code.ts';

/** A process that runs, or the code of the system's error. */
export type Launched =
  { readonly child: ChildProcessWithoutNullStreams; readonly pid: number } | { readonly failed: Promise<string> };

/** Starts a program. What keeps it from starting is told in one way, whichever of its own Node chooses. */
export function launch(file: string, args: readonly string[], options: SpawnOptionsWithoutStdio): Launched {
  let child: ChildProcessWithoutNullStreams;
  try {
    child = spawn(file, args, options);
  } catch (error) {
    return { failed: Promise.resolve(errorCode(error)) };
  }
  if (child.pid !== undefined) return { child, pid: child.pid };
  return { failed: once(child, 'error').then(([error]: unknown[]) => errorCode(error)) };
}
