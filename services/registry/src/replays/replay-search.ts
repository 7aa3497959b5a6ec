import { Injectable } from '@nestjs/common';
import type { CursorPage } from '../http/cursor.ts';
import { OperationSearch } from '../operations/operation-search.ts';
import type { ReplayView } from './dto/replay.dto.ts';
import { ReplayNotFound } from './replay-errors.ts';
import { replayView } from './replay-rows.ts';

/** Says how far replays are. */
@Injectable()
export class ReplaySearch {
  readonly #operations: OperationSearch;

  constructor(operations: OperationSearch) {
    this.#operations = operations;
  }

  /** The newest first. */
  async find({ cursor, limit }: { cursor?: string | undefined; limit: number }): Promise<CursorPage<ReplayView>> {
    return this.#operations.page({ kind: ['replay'], cursor, limit }, replayView);
  }

  /** @throws {ReplayNotFound} */
  async get(id: string): Promise<ReplayView> {
    const row = await this.#operations.row(id);
    if (row?.kind !== 'replay') throw new ReplayNotFound(id);
    return replayView(row);
  }
}
