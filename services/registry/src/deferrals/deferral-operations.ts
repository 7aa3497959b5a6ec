import { Injectable } from '@nestjs/common';
import type { Actor } from '../audit/audit.service.ts';
import type { OperationView } from '../operations/dto/operation.dto.ts';
import { OperationSearch } from '../operations/operation-search.ts';
import { Operations } from '../operations/operations.service.ts';
import { shownFilter } from '../operations/shown-filter.ts';
import { storedFilter } from './deferral-filter.ts';
import type { DeferralOperationInput } from './dto/deferral-input.dto.ts';

/** Retries or skips all waiting keys that match a filter. */
@Injectable()
export class DeferralOperations {
  readonly #operations: Operations;
  readonly #search: OperationSearch;

  constructor(operations: Operations, search: OperationSearch) {
    this.#operations = operations;
    this.#search = search;
  }

  async request(kind: 'retry' | 'skip', input: DeferralOperationInput, by: Actor): Promise<OperationView> {
    const { canary = null, perSecond = null, note = null } = input;
    const filter = storedFilter(input.filter);
    const id = await this.#operations.request(
      { kind, filter, canary, perSecond, note },
      (operationId) => ({
        action: `deferrals.${kind}`,
        subject: { type: 'operation', id: operationId },
        after: { filter: shownFilter(kind, filter), canary, perSecond, note },
      }),
      by,
    );
    return this.#search.get(id);
  }
}
