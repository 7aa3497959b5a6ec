import { Controller, Inject } from '@nestjs/common';
import { EventPattern, MessagePattern, Payload } from '@nestjs/microservices';
import type { BrokerAddress } from '#broker';
import {
  commandQueue,
  operationChangedPattern,
  retryDeferralPattern,
  skipDeferralPattern,
  testHandlerPattern,
  type DeferralAnswer,
  type TestedAttempt,
  type TestHandlerCommand,
} from '#contracts';
import { AmqpServer } from '#messaging';
import type { Logger } from '#observability';
import { readDeferralCommand, readTestHandlerCommand } from './command.ts';

/** What the handlers of commands name as their transport. */
export const commandTransport = Symbol('commands');

/**
 * Consumes commands from their queue; each goes to one executor. If this executor dies, no other carries the command
 * out: by then its sender knows that there was no answer.
 */
export function createCommandServer(broker: string | BrokerAddress, logger: Logger): AmqpServer {
  const destination = { queue: commandQueue };
  return new AmqpServer({ name: 'commands', transportId: commandTransport, broker, destination }, logger);
}

/** Hurries the slow lane, or gives up what it waits for. */
export interface DeferralControl {
  /** Tries now what the key waits for, whatever its circuit says. */
  retryNow(key: string): Promise<DeferralAnswer>;
  /** Gives up the execution that the key waits for, as though its attempts were used up. */
  giveUp(key: string): Promise<DeferralAnswer>;
}

/** Looks for operations that are to be carried out. */
export interface OperationControl {
  look(): void;
}

/** Tests a handler. */
export interface HandlerControl {
  run(command: TestHandlerCommand): Promise<TestedAttempt>;
}

/** Those who do what the registry asks for. */
export interface CommandParts {
  deferrals: DeferralControl;
  operations: OperationControl;
  handlerTest: HandlerControl;
}

export const COMMAND_PARTS = Symbol('command parts');

/** Does what the registry asks one executor to do, and answers. */
@Controller()
export class CommandsController {
  readonly #parts: CommandParts;

  constructor(@Inject(COMMAND_PARTS) parts: CommandParts) {
    this.#parts = parts;
  }

  @MessagePattern(retryDeferralPattern, commandTransport)
  retryDeferral(@Payload() payload: unknown): Promise<DeferralAnswer> {
    return this.#parts.deferrals.retryNow(readDeferralCommand(payload).key);
  }

  @MessagePattern(skipDeferralPattern, commandTransport)
  skipDeferral(@Payload() payload: unknown): Promise<DeferralAnswer> {
    return this.#parts.deferrals.giveUp(readDeferralCommand(payload).key);
  }

  @MessagePattern(testHandlerPattern, commandTransport)
  testHandler(@Payload() payload: unknown): Promise<TestedAttempt> {
    return this.#parts.handlerTest.run(readTestHandlerCommand(payload));
  }

  /** Which operation it is about does not matter: what is to be done is in the database. */
  @EventPattern(operationChangedPattern, commandTransport)
  operationChanged(@Payload() _payload: unknown): void {
    this.#parts.operations.look();
  }
}
