import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { retryDeferralPattern, type DeferralAnswer, type DeferralCommand } from '#contracts';
import { Audit, type Actor } from '../audit/audit.service.ts';
import { CommandChannel } from '../commands/command-channel.ts';
import { findTarget } from './find-target.ts';
import { subjectOf } from './target-audit.ts';
import { NothingWaits } from './target-errors.ts';

/** Another operator, or an executor, may be quicker with a key. */
const mostTries = 5;

/** Tries whether a target answers again, with the call that has waited longest. */
@Injectable()
export class TargetProbe {
  readonly #dataSource: DataSource;
  readonly #commands: CommandChannel;
  readonly #audit: Audit;

  constructor(dataSource: DataSource, commands: CommandChannel, audit: Audit) {
    this.#dataSource = dataSource;
    this.#commands = commands;
    this.#audit = audit;
  }

  /**
   * Has an executor make the next attempt of the key that has waited longest for a handler of the target.
   *
   * @returns The key.
   * @throws {TargetNotFound}
   * @throws {NothingWaits}
   */
  async probe(id: string, by: Actor): Promise<string> {
    const target = await findTarget(this.#dataSource.manager, id);
    for (const key of await this.#waitingKeys(id)) {
      const command: DeferralCommand = { key };
      const { kind } = await this.#commands.ask<DeferralAnswer>(retryDeferralPattern, command);
      if (kind === 'not_waiting' || kind === 'running') continue;
      await this.#audit.record(by, { action: 'target.probe', subject: subjectOf(target), after: { key } });
      return key;
    }
    throw new NothingWaits(target.name);
  }

  /** The first keys that wait for handlers of a target, and that no executor works on. */
  async #waitingKeys(id: string): Promise<string[]> {
    const rows = await this.#dataSource.query<{ key: string }[]>(
      `select key from deferral_keys
       where handler_id in (select id from handlers where task ->> 'target' = $1)
         and (lease_until is null or lease_until <= now()) and reserved_by is null
       order by waiting_since, key limit $2`,
      [id, mostTries],
    );
    return rows.map(({ key }) => key);
  }
}
