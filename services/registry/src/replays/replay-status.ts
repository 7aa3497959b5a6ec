/** Where a replay stands, as a client sees it that waits for its end. */
export const replayStatuses = ['requested', 'running', 'finished', 'cancelled'] as const;
export type ReplayStatus = (typeof replayStatuses)[number];

export interface ReplayProgress {
  readonly cancelled: boolean;
  /** An executor has begun. */
  readonly begun: boolean;
  /** All events are sent. */
  readonly allPublished: boolean;
  readonly published: number;
  readonly succeeded: number;
  readonly failed: number;
  readonly waiting: number;
}

/** `finished` only when nothing of it is on its way any more: neither in a queue nor in the slow lane. */
export function replayStatus(progress: ReplayProgress): ReplayStatus {
  if (progress.cancelled) return 'cancelled';
  if (!progress.begun) return 'requested';
  const { allPublished, published, succeeded, failed, waiting } = progress;
  return allPublished && waiting === 0 && published === succeeded + failed ? 'finished' : 'running';
}
