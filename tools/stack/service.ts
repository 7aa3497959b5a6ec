import { join } from 'node:path';
import type { Supervisor, KeptProcess } from '../supervisor/supervisor.ts';
import { logTail } from '../process/log-tail.ts';
import { poll } from '../process/poll.ts';
import { ServiceDiedError, ServiceNotReadyError } from './service-error.ts';

const readyTimeoutMs = 60_000;

/**
 * A service finishes running work for up to SHUTDOWN_TIMEOUT_MS (30 s by default), and exits within this time after
 * that, even if something hangs.
 */
const closingMs = 20_000;

export interface ServiceOptions {
  supervisor: Supervisor;
  name: string;
  /** Root of the clone. */
  root: string;
  main: string;
  /** What runs it, where that is not this Node from the build in the clone. */
  command?: readonly [string, ...string[]];
  /** Where it answers `/readyz`. */
  url: string;
  env: NodeJS.ProcessEnv;
  /** The folder for its log; its log goes to the terminal without one. */
  logDir?: string;
  onDeath: (error: ServiceDiedError) => void;
}

/**
 * Starts one of our services, and resolves when it is ready.
 *
 * @throws ServiceDiedError or ServiceNotReadyError
 */
export async function startService(options: ServiceOptions): Promise<KeptProcess> {
  const { supervisor, name, root, main, url, env, logDir, onDeath } = options;
  const [command, ...args] = options.command ?? [process.execPath, '--enable-source-maps', join(root, main)];
  const logFile = logDir && join(logDir, `${name}.log`);
  const service = await supervisor.spawn({
    name,
    command,
    args,
    // With what the last start compiled, a service starts with a third less of the processor.
    env: { NODE_COMPILE_CACHE: join(root, '.provisor/cache/compile'), ...env },
    cwd: root,
    output: logFile ? { file: logFile } : 'terminal',
    stopSignal: 'SIGTERM',
    graceMs: Number(env['SHUTDOWN_TIMEOUT_MS'] ?? 30_000) + closingMs,
  });
  const ended = new AbortController();
  const died = service.exited.then(async (exit) => {
    const error = new ServiceDiedError(name, exit, logFile && (await logTail(logFile)));
    ended.abort(error);
    return error;
  });
  await waitUntilReady(name, `${url}/readyz`, ended.signal);
  void died.then(onDeath);
  return service;
}

async function waitUntilReady(name: string, url: string, signal: AbortSignal): Promise<void> {
  let last = 'nothing';
  const ready = await poll(
    async () => {
      try {
        const response = await fetch(url, { signal: AbortSignal.timeout(2_000) });
        last = `${response.status} ${await response.text()}`;
        return response.ok || undefined;
      } catch (error) {
        last = String((error as Error).cause ?? error); // Most likely refused, since it does not listen yet.
        return undefined;
      }
    },
    { timeoutMs: readyTimeoutMs, signal },
  );
  if (!ready) throw new ServiceNotReadyError(name, url, readyTimeoutMs, last);
}
