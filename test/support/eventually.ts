import { setTimeout as delay } from 'node:timers/promises';

/**
 * Asks repeatedly until there is an answer, for what another process or server does in its own time.
 *
 * @throws After the timeout, the error of the last try, or that there was no answer.
 */
export async function eventually<T>(
  look: () => Promise<T | undefined> | T | undefined,
  timeoutMs = 30_000,
): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const answer = await attempt(look);
    if ('value' in answer && answer.value !== undefined) return answer.value;
    if (Date.now() > deadline) {
      throw 'error' in answer ? answer.error : new Error(`no answer within ${timeoutMs} ms from: ${look.toString()}`);
    }
    await delay(10);
  }
}

async function attempt<T>(look: () => Promise<T> | T): Promise<{ value: T } | { error: unknown }> {
  try {
    return { value: await look() };
  } catch (error) {
    return { error };
  }
}
