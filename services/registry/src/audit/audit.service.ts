import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { orderedIdAt } from '#contracts';
import { DatabaseClock } from '#database';
import { AuditEntity } from '#orm';
import type { Caller } from '../access/caller.ts';
import type { AuditEntry } from './audit-actions.ts';
import { masked } from './masking.ts';

/** Who did it, as far as the audit keeps it. */
export type Actor = Pick<Caller, 'kind' | 'id' | 'name' | 'address'>;

/** Writes down who did what. */
@Injectable()
export class Audit {
  readonly #dataSource: DataSource;
  readonly #clock: DatabaseClock;

  constructor(dataSource: DataSource, clock: DatabaseClock) {
    this.#dataSource = dataSource;
    this.#clock = clock;
  }

  /**
   * Writes an entry, its secrets masked. What changes rows of ours passes the manager of its transaction, so that there
   * is neither a change without its entry nor the reverse. What others were asked to do is written down when they have
   * taken it: an error then says that it was not written down, not that it was not done.
   */
  async record(actor: Actor, entry: AuditEntry, manager: EntityManager = this.#dataSource.manager): Promise<void> {
    await this.recordAll(actor, [entry], manager);
  }

  /** The same for what was done in one go, in its order. */
  async recordAll(actor: Actor, entries: readonly AuditEntry[], manager: EntityManager): Promise<void> {
    for (let start = 0; start < entries.length; start += rowsPerStatement) {
      const rows = entries
        .slice(start, start + rowsPerStatement)
        .map((entry) => rowOf(actor, entry, this.#clock.date()));
      await manager.insert(AuditEntity, rows);
    }
  }
}

/** A statement of PostgreSQL takes 65,535 parameters, of which a row needs twelve. */
const rowsPerStatement = 1_000;

function rowOf(actor: Actor, entry: AuditEntry, at: Date): AuditEntity {
  const { action, subject, before = null, after = null } = entry;
  return {
    id: orderedIdAt(at),
    at,
    actorKind: actor.kind,
    actorId: actor.id,
    actorName: actor.name,
    address: actor.address,
    action,
    subjectType: subject.type,
    subjectId: subject.id,
    subjectName: subject.name ?? null,
    before: masked(before) as object | null,
    after: masked(after) as object | null,
  };
}
