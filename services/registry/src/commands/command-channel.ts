import { Inject, Injectable } from '@nestjs/common';
import { lastValueFrom } from 'rxjs';
import { BrokerError } from '#broker';
import { commandQueue } from '#contracts';
import { AmqpClient, AmqpRecord, AnswerFault } from '#messaging';
import type { RegistrySettings } from '#settings';
import { SETTINGS } from '../runtime/tokens.ts';
import { CommandFailed, NoExecutor } from './command-errors.ts';

/** How long an answer may take beyond the work itself. */
const answerMs = 5_000;
/**
 * How long the broker keeps a command; shorter, so that no executor starts a command that has been or soon will be
 * given up.
 */
const keptMs = 4_000;

/** What the registry wants done, for any one executor to do. */
@Injectable()
export class CommandChannel {
  readonly #client: AmqpClient;

  constructor(@Inject(SETTINGS) settings: Pick<RegistrySettings, 'broker'>) {
    const destination = { queue: commandQueue };
    this.#client = new AmqpClient({ name: 'provisor-registry-commands', broker: settings.broker, destination });
  }

  /**
   * Resolves with an executor's answer. A command that no executor has taken in time is not carried out later.
   *
   * @param workMs How long the work itself may take.
   * @throws {NoExecutor} If there was no answer in time; the effect of a command that was taken is unknown.
   * @throws {CommandFailed} If an executor answered that it could not.
   * @throws {BrokerError} `disconnected` or `topology`.
   */
  async ask<T>(pattern: string, command: object, workMs = 0): Promise<T> {
    const timeoutMs = workMs + answerMs;
    try {
      return await lastValueFrom(this.#client.send<T>(pattern, new AmqpRecord(command, { keptMs, timeoutMs })));
    } catch (error) {
      if (error instanceof AnswerFault) throw new CommandFailed(error.message, { cause: error });
      if (error instanceof BrokerError && error.code === 'timeout') throw new NoExecutor(timeoutMs, { cause: error });
      throw error;
    }
  }

  /**
   * Resolves when the broker has taken a message that has no answer; whether there is an executor to hear it is not
   * known.
   *
   * @throws {BrokerError} `disconnected`, `timeout` or `topology`.
   */
  async tell(pattern: string, message: object): Promise<void> {
    await lastValueFrom(this.#client.emit(pattern, new AmqpRecord(message, { keptMs })));
  }

  /** Commands that wait for an answer fail. */
  stop(): Promise<void> {
    return this.#client.close();
  }
}
