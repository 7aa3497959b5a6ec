/**
 * Ctrl-C reaches us from the terminal, from npm and from `run.mjs`, all within moments: that is one wish, not three.
 */
const sameWishMs = 1_000;

/**
 * A signal that is aborted when we are asked to end: by SIGINT, SIGTERM, SIGHUP, or because the process that started us
 * has gone. Asked again, later, `onInsist` is called.
 */
export function interruption(onInsist: () => void): AbortSignal {
  const controller = new AbortController();
  let asked: number | undefined;
  const ask = () => {
    const now = performance.now();
    if (asked === undefined) controller.abort();
    else if (now - asked > sameWishMs) onInsist();
    asked ??= now;
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, ask);
  process.once('disconnect', ask);
  return controller.signal;
}
