import { useSyncExternalStore } from 'react';

const secondMs = 1_000;
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

/** The time in milliseconds since 1970, in whole seconds. One clock serves all components that show it. */
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
