import { report } from '#orm';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { OperationKind, OperationStatus } from '#contracts';
import { cursorPage, decodeCursor, type CursorPage } from '../http/cursor.ts';
import { Conditions } from '../journal/conditions.ts';
import type { OperationView } from './dto/operation.dto.ts';
import { OperationNotFound } from './operation-errors.ts';
import { operationView, selectOperations, type OperationRow } from './operation-rows.ts';

/** What to look for; what is not given does not matter. */
export interface OperationCriteria {
  readonly kind?: readonly OperationKind[] | undefined;
  readonly status?: readonly OperationStatus[] | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

/** Says how far operations are. */
@Injectable()
export class OperationSearch {
  readonly #dataSource: DataSource;

  constructor(dataSource: DataSource) {
    this.#dataSource = dataSource;
  }

  /** The newest first. */
  async find(criteria: OperationCriteria): Promise<CursorPage<OperationView>> {
    return this.page(criteria, operationView);
  }

  /** @throws {OperationNotFound} */
  async get(id: string): Promise<OperationView> {
    const row = await this.row(id);
    if (!row) throw new OperationNotFound(id);
    return operationView(row);
  }

  /** A page of operations as they are shown elsewhere, the newest first. */
  async page<T>(
    { kind, status, cursor, limit }: OperationCriteria,
    view: (row: OperationRow) => T,
  ): Promise<CursorPage<T>> {
    const conditions = new Conditions()
      .add(kind, (kinds) => `kind = any(${kinds})`)
      .add(cursor && decodeCursor(cursor), (last) => `id < ${last}`);
    const narrowing = conditions.where;
    const standing = status === undefined ? '' : `where status = any(${conditions.parameter(status)})`;
    const statement = selectOperations(narrowing, `${standing} limit ${conditions.parameter(limit + 1)}`);
    const rows = await report<OperationRow[]>(this.#dataSource, statement, conditions.values);
    return cursorPage(rows, limit, ({ id }) => id, view);
  }

  async row(id: string): Promise<OperationRow | undefined> {
    const [row] = await this.#dataSource.query<OperationRow[]>(selectOperations('where id = $1'), [id]);
    return row;
  }
}
