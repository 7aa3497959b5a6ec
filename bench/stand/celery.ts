import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { MeasurementError } from '../bench-error.ts';

const folder = fileURLToPath(new URL('../processes/', import.meta.url));
/** How much of what it says is told when it fails, characters. */
const mostTold = 2_000;

export interface CeleryOptions {
  readonly amqpUrl: string;
  readonly queue: string;
  readonly origin: string;
  readonly processes: number;
}

/** Whether the machine's Python has Celery and requests; their versions. */
export async function celeryHere(): Promise<string | undefined> {
  const question = 'import celery, requests; print(f"Celery {celery.__version__}, requests {requests.__version__}")';
  try {
    const { stdout } = await promisify(execFile)('python3', ['-c', question]);
    return stdout.trim();
  } catch {
    return undefined; // Neither is a part of this project: without them there is one figure less.
  }
}

/** Runs a Celery worker while `work` runs. */
export async function withCelery<T>(
  { amqpUrl, queue, origin, processes }: CeleryOptions,
  work: () => Promise<T>,
): Promise<T> {
  const without = ['--without-gossip', '--without-mingle', '--without-heartbeat'];
  const how = ['--pool', 'prefork', '--concurrency', String(processes), '--loglevel', 'WARNING', ...without];
  const worker = spawn('python3', ['-m', 'celery', '--app', 'celery_peer', 'worker', '--queues', queue, ...how], {
    cwd: folder,
    env: {
      ...process.env,
      BENCH_AMQP_URL: amqpUrl,
      BENCH_QUEUE: queue,
      BENCH_ORIGIN: origin,
      PYTHONDONTWRITEBYTECODE: '1',
      C_FORCE_ROOT: '1', // Else it warns of it; the tasks are ours, and JSON.
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [worker.stdout, worker.stderr]) {
    stream.on('data', (chunk: Buffer) => (said = (said + chunk.toString()).slice(-mostTold)));
  }
  const ended = once(worker, 'close');
  const tooEarly = ended.then(() => {
    throw new MeasurementError(`Celery's worker ended:\n${said}`);
  });
  try {
    return await Promise.race([work(), tooEarly]);
  } finally {
    tooEarly.catch(() => undefined);
    worker.kill('SIGTERM'); // It finishes what it has, of which there is nothing left.
    await ended;
  }
}
