import { setTimeout as delay } from 'node:timers/promises';
import type { DataSource } from 'typeorm';
import type { Logger } from '#observability';
import type { RegistrySettings } from '#settings';
import { absenceNotices, type AbsenceNotice } from './absence-notice.ts';
import type { AbsenceSender } from './absence-sender.ts';
import { beginAbsence, endAbsence, executorsNow, forgetAbsences, noteSent, unsentAbsences } from './absences.ts';

/** Milliseconds. */
export interface AbsenceTimes {
  readonly lookEvery: number;
  /** For so long no executor may run without a notice. */
  readonly patience: number;
  /** The registry must have seen none for this time: after the database was away, all heartbeats are old. */
  readonly seen: number;
}

/** A restart takes seconds. */
const usualTimes: AbsenceTimes = { lookEvery: 2_000, patience: 30_000, seen: 15_000 };

export interface AbsenceWatchParts {
  readonly database: DataSource;
  readonly sender: Pick<AbsenceSender, 'send' | 'close'>;
  readonly settings: Pick<RegistrySettings, 'publicUrl' | 'noticeIntervalMs'>;
  readonly logger: Logger;
  readonly times?: AbsenceTimes;
}

/**
 * Reports that no executor runs, which no executor can do: to other systems at once, and to handlers when one runs
 * again.
 */
export class AbsenceWatch {
  readonly #parts: AbsenceWatchParts;
  readonly #times: AbsenceTimes;
  readonly #stopping = new AbortController();
  #running: Promise<void> | undefined;
  /** Since when no executor was seen, by `performance.now()`. */
  #unseenSince: number | undefined;
  #isWaitingForBroker = false;

  constructor(parts: AbsenceWatchParts) {
    this.#parts = parts;
    this.#times = parts.times ?? usualTimes;
  }

  start(): void {
    this.#running ??= this.#run();
  }

  /** Waits for no server that does not answer: what is not sent or noted is found at the next start. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
    await this.#parts.sender.close();
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopping;
    const stopped = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
    while (!this.#isStopping()) {
      try {
        await Promise.race([this.#turn(), stopped]);
      } catch (error) {
        // What was seen before says nothing any more.
        this.#unseenSince = undefined;
        this.#parts.logger.warn({ err: error }, 'failed to look for executors; retrying');
      }
      await delay(this.#times.lookEvery, undefined, { signal }).catch(() => undefined);
    }
  }

  async #turn(): Promise<void> {
    try {
      await this.#look();
      await this.#send();
    } catch (error) {
      if (!this.#isStopping()) throw error;
    }
  }

  async #look(): Promise<void> {
    const { running, silentMs } = await executorsNow(this.#parts.database);
    if (running) {
      this.#unseenSince = undefined;
      await endAbsence(this.#parts.database);
      return;
    }
    this.#unseenSince ??= performance.now();
    const unseenMs = performance.now() - this.#unseenSince;
    const absentMs = Math.max(silentMs ?? 0, unseenMs);
    if (unseenMs < this.#times.seen || absentMs < this.#times.patience) return;
    await beginAbsence(this.#parts.database, absentMs, this.#parts.settings.noticeIntervalMs);
  }

  /** What cannot be sent now is sent after the next look. */
  async #send(): Promise<void> {
    for (const absence of await unsentAbsences(this.#parts.database)) {
      const [begin, end] = absenceNotices(absence, this.#parts.settings.publicUrl) as [AbsenceNotice, AbsenceNotice?];
      try {
        if (!absence.beginIsSent) {
          await this.#parts.sender.send(begin);
          await noteSent(this.#parts.database, absence.id, 'begin');
        }
        if (end) {
          await this.#parts.sender.send(end);
          await noteSent(this.#parts.database, absence.id, 'end');
          await forgetAbsences(this.#parts.database);
        }
        this.#isWaitingForBroker = false;
      } catch (error) {
        if (!this.#isWaitingForBroker) this.#parts.logger.warn({ err: error }, 'notices are waiting for RabbitMQ');
        this.#isWaitingForBroker = true;
        return;
      }
    }
  }

  #isStopping(): boolean {
    return this.#stopping.signal.aborted;
  }
}
