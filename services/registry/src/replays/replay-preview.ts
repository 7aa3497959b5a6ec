import { report } from '#orm';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Conditions } from '../journal/conditions.ts';
import { addStatusCondition } from '../journal/status-condition.ts';
import { addTimeBounds } from '../journal/time-bounds.ts';
import type { ReplayPreviewView } from './dto/replay-preview.dto.ts';
import { storedFilter, type GivenFilter } from './replay-filter.ts';

/**
 * Counted no further: who is about to replay more than that needs no exact number, and a journal of millions is not
 * gone through.
 */
const mostCounted = 10_000;

/** Says how many events a replay would be about; replays nothing. */
@Injectable()
export class ReplayPreview {
  readonly #dataSource: DataSource;

  constructor(dataSource: DataSource) {
    this.#dataSource = dataSource;
  }

  async count(given: GivenFilter): Promise<ReplayPreviewView> {
    const { type, objectIds, partitionKey, status, hasFailures, from, to } = storedFilter(given);
    // As executors look for them: what came from billing and was run, of each id the newest.
    const conditions = new Conditions()
      .require(
        `not event.test and (event.replay_id is null or event.replay_of is not null) and event.status <> 'duplicate'`,
      )
      .require(newestOccurrence)
      .add(type, (parameter) => `event.type = ${parameter}`)
      .add(objectIds, (parameter) => `event.object_id = any(${parameter})`)
      .add(partitionKey, (parameter) => `event.partition_key = ${parameter}`);
    addStatusCondition(conditions, 'event.status', status);
    if (hasFailures) conditions.require('event.failed');
    addTimeBounds(conditions, 'event.received_at', dateOf(from), dateOf(to));
    const [{ found }] = await report<[{ found: number }]>(
      this.#dataSource,
      `select count(*)::integer as found from (
         select from events as event ${conditions.where} limit ${conditions.parameter(mostCounted + 1)}
       ) as found`,
      conditions.values,
    );
    return { events: Math.min(found, mostCounted), more: found > mostCounted };
  }
}

const newestOccurrence = `not exists (select from events as later where later.event_id = event.event_id
  and later.id > event.id and not later.test and later.replay_id is null and later.status <> 'duplicate')`;

function dateOf(time: string | undefined): Date | undefined {
  return time === undefined ? undefined : new Date(time);
}
