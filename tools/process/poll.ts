import { setTimeout as delay } from 'node:timers/promises';

/**
 * Asks repeatedly, first after 10 ms and then less and less often, at most every 250 ms. Only for what sends no signal:
 * foreign servers and processes that are not our children.
 *
 * @returns the first answer that is not undefined, or undefined when `timeoutMs` has passed
 */
export async function poll<T>(
  ask: () => T | undefined | Promise<T | undefined>,
  options: { timeoutMs: number; signal?: AbortSignal },
): Promise<T | undefined> {
  const deadline = performance.now() + options.timeoutMs;
  for (let pause = 10; ; pause = Math.min(pause * 1.5, 250)) {
    options.signal?.throwIfAborted();
    const answer = await ask();
    if (answer !== undefined || performance.now() > deadline) return answer;
    // An abort ends the pause; what is thrown is its reason.
    await delay(pause, undefined, options.signal && { signal: options.signal }).catch(() =>
      options.signal?.throwIfAborted(),
    );
  }
}
