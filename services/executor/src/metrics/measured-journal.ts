import type { Attempt, AttemptRecorder } from '../dispatch/attempt.ts';
import type { EventEnd } from '../dispatch/deferral.ts';
import type { EventRecorder } from '../dispatch/dispatcher.ts';
import type { Run } from '../dispatch/run.ts';
import { statusOf } from '../journal/journal.ts';
import type { ExecutorMetrics } from './executor-metrics.ts';

/** The journal, with what is written into it counted. */
export class MeasuredJournal implements EventRecorder, AttemptRecorder {
  readonly #journal: EventRecorder & AttemptRecorder;
  readonly #metrics: ExecutorMetrics;

  constructor(journal: EventRecorder & AttemptRecorder, metrics: ExecutorMetrics) {
    this.#journal = journal;
    this.#metrics = metrics;
  }

  recordAttempt(attempt: Attempt): void {
    this.#metrics.attempt(attempt);
    this.#journal.recordAttempt(attempt);
  }

  async recordEvent(run: Run, end: EventEnd | 'duplicate'): Promise<void> {
    await this.#journal.recordEvent(run, end);
    const { event, receivedAt, replay } = run;
    // A replayed event is as old as it is.
    const lagMs = replay ? undefined : receivedAt.getTime() - event.occurredAt;
    this.#metrics.event(event.type, statusOf(end), lagMs);
  }
}
