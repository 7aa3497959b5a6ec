/** The administrators: makes concurrent REST calls, and checks every answer. */
import { Pool, type Dispatcher } from 'undici';
import { now } from './bench-event.ts';
import { serve } from './serve.ts';

export interface RestCall {
  readonly method: Dispatcher.HttpMethod;
  /** With the query. */
  readonly path: string;
  readonly body?: object;
}

export interface RestTask {
  readonly origin: string;
  readonly apiKey: string;
  readonly atATime: number;
  readonly calls: readonly RestCall[];
  readonly status: number;
  /** How many items each answer has; undefined where it is no list. */
  readonly items?: number;
}

export interface RestAnswer {
  readonly seconds: number;
  /** Of each call, milliseconds. */
  readonly latencies: readonly number[];
}

serve(async (task: RestTask): Promise<RestAnswer> => {
  const pool = new Pool(task.origin, { connections: task.atATime });
  const latencies: number[] = [];
  const waiting = task.calls.values();
  const start = now();
  await Promise.all(
    Array.from({ length: task.atATime }, async () => {
      for (const call of waiting) latencies.push(await make(pool, call, task));
    }),
  );
  const seconds = (now() - start) / 1_000;
  await pool.close();
  return { seconds, latencies };
});

async function make(pool: Pool, { method, path, body }: RestCall, task: RestTask): Promise<number> {
  const start = now();
  const headers = { authorization: `Bearer ${task.apiKey}`, 'content-type': 'application/json' };
  const answer = await pool.request({ method, path, headers, ...(body && { body: JSON.stringify(body) }) });
  const text = await answer.body.text();
  const latency = now() - start;
  if (answer.statusCode !== task.status) throw new Error(`${method} ${path}: ${String(answer.statusCode)} ${text}`);
  const { items } = JSON.parse(text) as { items?: unknown[] };
  if (task.items !== undefined && items?.length !== task.items) {
    throw new Error(`${method} ${path}: ${String(items?.length)} items where ${String(task.items)} should be`);
  }
  return latency;
}
