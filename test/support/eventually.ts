import { setTimeout as delay } from 'node:timers/promises';

/**
 * Asks repeatedly, less and less often, until there is an answer, for what another process or server does in its own
 * time.
 *
 * @throws After the timeout, the error of the last try, or that there was no answer.
 */
export async function eventually<T>(
  look: () => Promise<T | undefined> | T | undefined,
  timeoutMs = 60_000,
): Promise<T> {
  const start = performance.now();
  for (;;) {
    const answer = await attempt(look);
    if ('value' in answer && answer.value !== undefined) return answer.value;
    const waitedMs = performance.now() - start;
    if (waitedMs > timeoutMs) {
      throw 'error' in answer ? answer.error : new Error(`no answer within ${timeoutMs} ms from: ${look.toString()}`);
    }
    await delay(pauseAfter(waitedMs));
  }
}

/**
 * The pause before the next look, in milliseconds. It makes a wait longer by a tenth at most. Looks at a database every
 * 10 ms took up to a third of the processor time of a test.
 */
function pauseAfter(waitedMs: number): number {
  return Math.min(Math.max(waitedMs / 10, 10), 100);
}

async function attempt<T>(look: () => Promise<T> | T): Promise<{ value: T } | { error: unknown }> {
  try {
    return { value: await look() };
  } catch (error) {
    return { error };
  }
}
