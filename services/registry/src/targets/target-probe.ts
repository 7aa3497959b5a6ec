import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import {
  retryDeferralPattern,
  type DeferralAnswer,
  type DeferralCommand,
  type Hold,
  type HoldWindow,
} from '#contracts';
import { DatabaseClock } from '#database';
import { heldAt } from '#holds';
import { Audit, type Actor } from '../audit/audit.service.ts';
import { CommandChannel } from '../commands/command-channel.ts';
import { findTarget } from './find-target.ts';
import { subjectOf } from './target-audit.ts';
import { NothingWaits, TargetHeld } from './target-errors.ts';

/** Another operator, or an executor, may be quicker with a key. */
const mostTries = 5;

/** Tries whether a target answers again, with the call that has waited longest. */
@Injectable()
export class TargetProbe {
  readonly #dataSource: DataSource;
  readonly #commands: CommandChannel;
  readonly #audit: Audit;
  readonly #clock: DatabaseClock;

  constructor(dataSource: DataSource, commands: CommandChannel, audit: Audit, clock: DatabaseClock) {
    this.#dataSource = dataSource;
    this.#commands = commands;
    this.#audit = audit;
    this.#clock = clock;
  }

  /**
   * Has an executor make the next attempt of the key that has waited longest for a handler of the target.
   *
   * @returns The key.
   * @throws {TargetNotFound}
   * @throws {TargetHeld} Since nothing calls what is held.
   * @throws {NothingWaits}
   */
  async probe(id: string, by: Actor): Promise<string> {
    const target = await findTarget(this.#dataSource.manager, id);
    const now = this.#clock.date().getTime();
    if (heldAt(target, now)) throw new TargetHeld(target.name);
    for (const key of await this.#waitingKeys(await this.#callable(id, now))) {
      const command: DeferralCommand = { key };
      const { kind } = await this.#commands.ask<DeferralAnswer>(retryDeferralPattern, command);
      if (kind === 'not_waiting' || kind === 'running') continue;
      await this.#audit.record(by, { action: 'target.probe', subject: subjectOf(target), after: { key } });
      return key;
    }
    throw new NothingWaits(target.name);
  }

  /** The handlers of a target that are not held themselves. */
  async #callable(id: string, now: number): Promise<string[]> {
    const handlers = await this.#dataSource.query<{ id: string; hold: Hold | null; windows: HoldWindow[] }[]>(
      `select id, hold, windows from handlers where task ->> 'target' = $1`,
      [id],
    );
    return handlers.filter((handler) => !heldAt(handler, now)).map((handler) => handler.id);
  }

  /** The first keys that wait for some handlers, and that no executor works on. */
  async #waitingKeys(handlerIds: readonly string[]): Promise<string[]> {
    const rows = await this.#dataSource.query<{ key: string }[]>(
      `select key from deferral_keys
       where handler_id = any($1) and (lease_until is null or lease_until <= now()) and reserved_by is null
       order by waiting_since, key limit $2`,
      [handlerIds, mostTries],
    );
    return rows.map(({ key }) => key);
  }
}
