import type { OperationView } from '#contracts/rest-api';

export type OperationKind = OperationView['kind'];

export const kindLabels: Readonly<Record<OperationKind, string>> = {
  replay: 'Replay',
  resume: 'Resume',
  retry: 'Retry',
  skip: 'Skip',
};

/** Keys for operations on waiting keys, else events. */
export function unitOf(kind: OperationKind): 'event' | 'key' {
  return kind === 'retry' || kind === 'skip' ? 'key' : 'event';
}

/** Whether an operation may still change. */
export function isRunning({ status }: Pick<OperationView, 'status'>): boolean {
  return status === 'requested' || status === 'running';
}

/** The state of a canary in a sentence. */
export function canaryInWords({ canary, kind, status }: Pick<OperationView, 'canary' | 'kind' | 'status'>): string {
  if (canary === null) return 'None';
  const size = `${String(canary.size)} ${unitOf(kind)}${canary.size === 1 ? '' : 's'}`;
  if (canary.outcome === 'succeeded') return `${size} succeeded, so the rest follows`;
  if (canary.outcome === 'failed') return `Of ${size} at least one failed, so the rest is untouched`;
  return isRunning({ status }) ? `${size} first; the rest follows if all succeed` : `${size}, without a result`;
}
