import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { MeasurementError } from '../bench-error.ts';

const folder = fileURLToPath(new URL('../processes/', import.meta.url));
/** How much of its output an error quotes, characters. */
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
  const { failed, stdout } = await execa('python3', ['-c', question], { reject: false });
  return failed ? undefined : stdout; // Neither is a part of this project: without them there is one figure less.
}

/** Runs a Celery worker while `work` runs. */
export async function withCelery<T>(
  { amqpUrl, queue, origin, processes }: CeleryOptions,
  work: () => Promise<T>,
): Promise<T> {
  const without = ['--without-gossip', '--without-mingle', '--without-heartbeat'];
  const how = ['--pool', 'prefork', '--concurrency', String(processes), '--loglevel', 'WARNING', ...without];
  const worker = execa('python3', ['-m', 'celery', '--app', 'celery_peer', 'worker', '--queues', queue, ...how], {
    cwd: folder,
    env: {
      BENCH_AMQP_URL: amqpUrl,
      BENCH_QUEUE: queue,
      BENCH_ORIGIN: origin,
      PYTHONDONTWRITEBYTECODE: '1',
      C_FORCE_ROOT: '1', // Else it warns of it; the tasks are ours, and JSON.
    },
    stdin: 'ignore',
    all: true,
    reject: false,
    forceKillAfterDelay: false,
  });
  const tooEarly = worker.then(({ all, cause }) => {
    throw new MeasurementError(`Celery's worker ended:\n${all.slice(-mostTold)}`, { cause });
  });
  try {
    return await Promise.race([work(), tooEarly]);
  } finally {
    tooEarly.catch(() => undefined);
    worker.kill('SIGTERM'); // It finishes what it has, of which there is nothing left.
    await worker;
  }
}
