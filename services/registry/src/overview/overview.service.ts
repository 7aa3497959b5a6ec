import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { DatabaseClock } from '#database';
import { Catalog } from '../catalog/catalog.service.ts';
import { RunningExecutors } from '../executors/running-executors.ts';
import { conditionsOf } from '../failures/failure-conditions.ts';
import { failureGroups } from '../failures/failure-groups.ts';
import { HoldSearch } from '../holds/hold-search.ts';
import { attentionTo } from './attention.ts';
import { sampleDurations } from './call-durations.ts';
import type { OverviewView } from './dto/overview.dto.ts';
import { failingHandlers } from './failing-handlers.ts';
import { JournalCounts } from './journal-counts.ts';
import { openCircuits } from './open-circuits.ts';
import { attentionView, bucketViews, durationFigures, eventFigures, executionFigures } from './overview-views.ts';
import { namedHandlers, namedTargets, waitingState } from './present-state.ts';
import { SharedAnswer } from './shared-answer.ts';
import { callsIn, sumOf } from './status-counts.ts';
import type { WindowName } from './window.ts';

const shownFailing = 10;
const shownGroups = 5;
const shownHolds = 10;

/** What goes on, in figures. */
@Injectable()
export class Overview {
  readonly #dataSource: DataSource;
  readonly #counts: JournalCounts;
  readonly #executors: RunningExecutors;
  readonly #catalog: Catalog;
  readonly #holds: HoldSearch;
  readonly #clock: DatabaseClock;
  readonly #answers = {
    hour: new SharedAnswer(() => this.#look('hour')),
    day: new SharedAnswer(() => this.#look('day')),
  };

  constructor(
    dataSource: DataSource,
    counts: JournalCounts,
    executors: RunningExecutors,
    catalog: Catalog,
    holds: HoldSearch,
    clock: DatabaseClock,
  ) {
    this.#dataSource = dataSource;
    this.#counts = counts;
    this.#executors = executors;
    this.#catalog = catalog;
    this.#holds = holds;
    this.#clock = clock;
  }

  /** As it was some seconds ago at most. */
  async get(window: WindowName): Promise<OverviewView> {
    return this.#answers[window].get();
  }

  async #look(name: WindowName): Promise<OverviewView> {
    const { asOf, window, byHandler } = await this.#counts.executions(name);
    const ended = window.starts.map((_, part) => sumOf([...byHandler.values()].map((parts) => parts[part]!)));
    // One after another: these queries are not urgent, and leave the connections to those that are.
    const received = await this.#counts.events(window);
    const durations = await sampleDurations(this.#dataSource, window, ended.map(callsIn));
    const waiting = await waitingState(this.#dataSource, window);
    const open = await failureGroups(this.#dataSource, conditionsOf({}, 'open'));
    const handlers = await namedHandlers(this.#dataSource);
    const targets = await namedTargets(this.#dataSource);
    const holds = await this.#holds.list();
    const { revision, changedAt } = await this.#catalog.current();
    const running = await this.#executors.list();

    const failing = failingHandlers(handlers, byHandler);
    const executors = {
      running: running.length,
      behind: running.filter((executor) => executor.revision < revision).length,
      revision,
    };
    const attention = attentionTo({
      executors,
      changedAt,
      now: this.#clock.date(),
      failing,
      waiting,
      openCircuits: openCircuits(running, { handlers, targets }),
      rejected: waiting.rejected,
    });
    return {
      window: name,
      asOf: asOf.toISOString(),
      from: new Date(window.starts[0]!).toISOString(),
      to: new Date(window.end).toISOString(),
      bucketSeconds: window.bucketMs / 1_000,
      buckets: bucketViews(window, ended, received, durations),
      executions: executionFigures(sumOf(ended)),
      duration: durationFigures(durations.flat()),
      events: eventFigures(sumOf(received)),
      waiting: { keys: waiting.keys, events: waiting.events, oldestSince: waiting.oldest?.toISOString() ?? null },
      openFailures: {
        count: open.reduce((sum, group) => sum + group.open, 0),
        groups: open.slice(0, shownGroups),
      },
      rejected: waiting.rejected,
      executors,
      handlers: {
        enabled: handlers.filter(({ status }) => status === 'enabled').length,
        disabled: handlers.filter(({ status }) => status === 'disabled').length,
        failing: failing.slice(0, shownFailing),
      },
      holds: holds.slice(0, shownHolds),
      attention: attention.map(attentionView),
    };
  }
}
