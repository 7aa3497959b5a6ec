import { report } from '#orm';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { cursorPage, decodeCursor, type CursorPage } from '../http/cursor.ts';
import { Conditions } from '../journal/conditions.ts';
import { addTimeBounds } from '../journal/time-bounds.ts';
import { auditEntryView, type AuditRow } from './audit-rows.ts';
import type { AuditEntryView } from './dto/audit.dto.ts';

/** What to look for; what is not given does not matter. */
export interface AuditCriteria {
  readonly actor?: string | undefined;
  readonly action?: readonly string[] | undefined;
  readonly subject?: string | undefined;
  readonly from?: Date | undefined;
  readonly to?: Date | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

/** The audit, the newest first. */
@Injectable()
export class AuditSearch {
  readonly #dataSource: DataSource;

  constructor(dataSource: DataSource) {
    this.#dataSource = dataSource;
  }

  async find({ actor, action, subject, from, to, cursor, limit }: AuditCriteria): Promise<CursorPage<AuditEntryView>> {
    const conditions = new Conditions()
      .add(actor, (wanted) => `(actor_id = ${wanted} or actor_name = ${wanted})`)
      .add(action, (wanted) => `action = any(${wanted})`)
      .add(subject, (wanted) => `(subject_id = ${wanted} or subject_name = ${wanted})`)
      .add(cursor && decodeCursor(cursor), (last) => `id < ${last}`);
    addTimeBounds(conditions, 'at', from, to);
    const rows = await report<AuditRow[]>(
      this.#dataSource,
      `select * from audit ${conditions.where} order by id desc limit ${conditions.parameter(limit + 1)}`,
      conditions.values,
    );
    return cursorPage(rows, limit, ({ id }) => id, auditEntryView);
  }
}
