import { Injectable } from '@nestjs/common';
import { testHandlerPattern, type BillingEvent, type TestedAttempt, type TestHandlerCommand } from '#contracts';
import type { HandlerEntity } from '#orm';
import { Audit, type Actor } from '../audit/audit.service.ts';
import { CommandChannel } from '../commands/command-channel.ts';
import { HandlerArchived } from './handler-errors.ts';
import { Handlers } from './handlers.service.ts';

/** Has an executor try a handler alone, whatever its status. */
@Injectable()
export class HandlerTester {
  readonly #handlers: Handlers;
  readonly #commands: CommandChannel;
  readonly #audit: Audit;

  constructor(handlers: Handlers, commands: CommandChannel, audit: Audit) {
    this.#handlers = handlers;
    this.#commands = commands;
    this.#audit = audit;
  }

  /**
   * The handler, if it can be tried.
   *
   * @throws {HandlerNotFound}
   * @throws {HandlerArchived}
   */
  async tryable(id: string): Promise<HandlerEntity> {
    const handler = await this.#handlers.get(id);
    if (handler.status === 'archived') throw new HandlerArchived(id);
    return handler;
  }

  /**
   * Resolves with the attempt, however it ended.
   *
   * @throws {NoExecutor}
   * @throws {CommandFailed}
   * @throws {BrokerError}
   */
  async try({ id, name, timeoutMs }: HandlerEntity, event: BillingEvent, by: Actor): Promise<TestedAttempt> {
    const { body, partitionKey, traceparent } = event;
    const command: TestHandlerCommand = { handlerId: id, body, partitionKey, traceparent };
    const attempt = await this.#commands.ask<TestedAttempt>(testHandlerPattern, command, timeoutMs);
    const { eventId, outcome } = attempt;
    const subject = { type: 'handler', id, name } as const;
    await this.#audit.record(by, { action: 'handler.test', subject, after: { eventId, outcome } });
    return attempt;
  }
}
