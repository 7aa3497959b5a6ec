import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { cursorPage, decodeCursor, type CursorPage } from '../http/cursor.ts';
import { Conditions } from '../journal/conditions.ts';
import type { ReplayView } from './dto/replay.dto.ts';
import { ReplayNotFound } from './replay-errors.ts';
import { replayView, selectReplays, type ReplayRow } from './replay-rows.ts';

/** Says how far replays are. */
@Injectable()
export class ReplaySearch {
  readonly #dataSource: DataSource;

  constructor(dataSource: DataSource) {
    this.#dataSource = dataSource;
  }

  /** The newest first. */
  async find({ cursor, limit }: { cursor?: string | undefined; limit: number }): Promise<CursorPage<ReplayView>> {
    const conditions = new Conditions().add(cursor && decodeCursor(cursor), (last) => `id < ${last}`);
    const narrowing = `${conditions.where} order by id desc limit ${conditions.parameter(limit + 1)}`;
    const rows = await this.#dataSource.query<ReplayRow[]>(selectReplays(narrowing), conditions.values);
    return cursorPage(rows, limit, ({ id }) => id, replayView);
  }

  /** @throws {ReplayNotFound} */
  async get(id: string): Promise<ReplayView> {
    const [row] = await this.#dataSource.query<ReplayRow[]>(selectReplays('where id = $1'), [id]);
    if (!row) throw new ReplayNotFound(id);
    return replayView(row);
  }
}
