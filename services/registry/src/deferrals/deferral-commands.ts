import { Injectable } from '@nestjs/common';
import { retryDeferralPattern, skipDeferralPattern, type DeferralAnswer, type DeferralCommand } from '#contracts';
import { Audit, type Actor } from '../audit/audit.service.ts';
import { CommandChannel } from '../commands/command-channel.ts';
import { DeferralRunning, NothingDeferred } from './deferral-errors.ts';

/** What a person can have done about a key that waits; an executor does it. */
@Injectable()
export class DeferralCommands {
  readonly #commands: CommandChannel;
  readonly #audit: Audit;

  constructor(commands: CommandChannel, audit: Audit) {
    this.#commands = commands;
    this.#audit = audit;
  }

  /**
   * Has what the key waits for tried now, rather than when it is due.
   *
   * @throws {NothingDeferred}
   * @throws {DeferralRunning}
   */
  async retry(key: string, by: Actor): Promise<void> {
    await this.#send(retryDeferralPattern, { key });
    await this.#audit.record(by, { action: 'deferral.retry', subject: { type: 'partition_key', id: key } });
  }

  /** Has the execution given up that the key waits for. Throws as {@link retry}. */
  async skip(key: string, by: Actor): Promise<void> {
    await this.#send(skipDeferralPattern, { key });
    await this.#audit.record(by, { action: 'deferral.skip', subject: { type: 'partition_key', id: key } });
  }

  async #send(pattern: string, command: DeferralCommand): Promise<void> {
    const { kind } = await this.#commands.ask<DeferralAnswer>(pattern, command);
    if (kind === 'not_waiting') throw new NothingDeferred(command.key);
    if (kind === 'running') throw new DeferralRunning(command.key);
  }
}
