import { Inject, Injectable } from '@nestjs/common';
import { DataSource, IsNull } from 'typeorm';
import { operationChangedPattern, orderedIdAt, type OperationChanged, type OperationKind } from '#contracts';
import { DatabaseClock } from '#database';
import { OperationEntity } from '#orm';
import type { Logger } from '#observability';
import type { AuditEntry } from '../audit/audit-actions.ts';
import { Audit, type Actor } from '../audit/audit.service.ts';
import { CommandChannel } from '../commands/command-channel.ts';
import { LOGGER } from '../runtime/tokens.ts';
import { OperationSearch } from './operation-search.ts';

/** What is to be done. What is not given is left to its default: nothing. */
export type OperationRequest = Pick<OperationEntity, 'kind'> &
  Partial<Omit<OperationEntity, 'id' | 'kind' | 'createdAt' | 'createdBy' | 'cancelledAt'>>;

/**
 * What administrators want done to many events or keys. It is written down here; executors do it, and write down how
 * far they are.
 */
@Injectable()
export class Operations {
  readonly #dataSource: DataSource;
  readonly #search: OperationSearch;
  readonly #commands: CommandChannel;
  readonly #audit: Audit;
  readonly #clock: DatabaseClock;
  readonly #logger: Logger;

  constructor(
    dataSource: DataSource,
    search: OperationSearch,
    commands: CommandChannel,
    audit: Audit,
    clock: DatabaseClock,
    @Inject(LOGGER) logger: Logger,
  ) {
    this.#dataSource = dataSource;
    this.#search = search;
    this.#commands = commands;
    this.#audit = audit;
    this.#clock = clock;
    this.#logger = logger;
  }

  /**
   * Writes an operation down, with its audit entry, and tells executors.
   *
   * @param entryOf Makes the audit entry from the operation's id.
   * @returns The operation's id.
   */
  async request(wanted: OperationRequest, entryOf: (id: string) => AuditEntry, by: Actor): Promise<string> {
    const createdAt = this.#clock.date();
    const id = orderedIdAt(createdAt);
    const operation = { ...nothingElse, ...wanted, id, createdAt, createdBy: by.name, cancelledAt: null };
    await this.#dataSource.transaction(async (manager) => {
      await manager.insert(OperationEntity, operation);
      await this.#audit.record(by, entryOf(id), manager);
    });
    this.#announce(id);
    return id;
  }

  /**
   * Cancels what has not begun; what has begun continues. An operation that has ended stays unchanged.
   *
   * @throws {OperationNotFound}
   */
  async cancel(id: string, by: Actor): Promise<void> {
    const { kind, status } = await this.#search.get(id);
    if (status !== 'requested' && status !== 'running') return;
    await this.#dataSource.transaction(async (manager) => {
      const open = { id, cancelledAt: IsNull() };
      const { affected } = await manager.update(OperationEntity, open, { cancelledAt: this.#clock.date() });
      // Another caller may have been first, by a moment.
      if (affected === 1) await this.#audit.record(by, cancellationOf(id, kind), manager);
    });
    this.#announce(id);
  }

  /**
   * Saves executors the wait until their next check. No request waits for it, and a lost announcement loses no
   * operation.
   */
  #announce(operationId: string): void {
    this.#commands.tell(operationChangedPattern, { operationId } satisfies OperationChanged).catch((error: unknown) => {
      const reason = (error as Error).message;
      this.#logger.warn({ operationId, reason }, 'failed to announce operation; executors find it at their next check');
    });
  }
}

const nothingElse = {
  eventId: null,
  executionIds: null,
  filter: {},
  handlerIds: null,
  editedEvent: null,
  editedEventId: null,
  canary: null,
  perSecond: null,
  note: null,
};

function cancellationOf(id: string, kind: OperationKind): AuditEntry {
  if (kind === 'replay') return { action: 'replay.cancel', subject: { type: 'replay', id } };
  return { action: 'operation.cancel', subject: { type: 'operation', id } };
}
