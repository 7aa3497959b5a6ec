import { join } from 'node:path';
import type { Supervisor } from '../supervisor/supervisor.ts';
import { logTail } from '../process/log-tail.ts';
import { poll } from '../process/poll.ts';
import { findFreePort } from '../servers/ports.ts';
import { DemoError } from './demo-error.ts';

const readyTimeoutMs = 10_000;

/** Starts the example receiver, the other end of the HTTP handlers, and returns the URL that it is called at. */
export async function startReceiver(supervisor: Supervisor, root: string): Promise<string> {
  const port = await findFreePort();
  const logFile = join(supervisor.dataDir, 'logs/receiver.log');
  await supervisor.spawn({
    name: 'receiver',
    command: process.execPath,
    args: [join(root, 'examples/receivers/receiver.mjs'), '--port', String(port)],
    env: { PATH: process.env['PATH'] },
    cwd: root,
    output: { file: logFile },
    stopSignal: 'SIGTERM',
    graceMs: 2_000,
  });
  const listens = () =>
    fetch(`http://127.0.0.1:${port}/`).then(
      () => true as const,
      () => undefined,
    );
  if (!(await poll(listens, { timeoutMs: readyTimeoutMs }))) {
    throw new DemoError(`the example receiver does not listen on port ${port}:\n${await logTail(logFile)}`);
  }
  return `http://127.0.0.1:${port}/api`;
}
