import { useSyncExternalStore } from 'react';

const secondMs = 1_000;
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

/** The time, told anew every second: by one clock for all that show it. In milliseconds since 1970, in whole seconds. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, wholeSeconds);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => listeners.forEach((tell) => tell()), secondMs);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

function wholeSeconds(): number {
  return Math.floor(Date.now() / secondMs) * secondMs;
}
