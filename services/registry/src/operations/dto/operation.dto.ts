import { IsIn } from 'class-validator';
import { operationKinds, operationStatuses, type OperationKind, type OperationStatus } from '#contracts';
import { CursorQuery } from '../../http/cursor-query.dto.ts';
import { DateTime, Integer, OneOf, Uuid } from '../../http/formats.ts';
import { ListParameter } from '../../http/query-fields.ts';
import { OperationFilterView } from './operation-filter.dto.ts';

/** The parameters of `GET /operations`. */
export class OperationQuery extends CursorQuery {
  /** The kind of action */
  @ListParameter()
  @IsIn(operationKinds, { each: true })
  kind?: OperationKind[];

  /** Where it stands */
  @ListParameter()
  @IsIn(operationStatuses, { each: true })
  status?: OperationStatus[];
}

export const canaryOutcomes = ['succeeded', 'failed'] as const;
export type CanaryOutcome = (typeof canaryOutcomes)[number];

export class CanaryView {
  /** Number of events or keys that go first */
  @Integer()
  size!: number;

  /** succeeded: all of them succeeded, and the rest follows. Null before the result */
  @OneOf(canaryOutcomes)
  outcome!: CanaryOutcome | null;
}

export class OperationView {
  @Uuid()
  id!: string;

  @OneOf(operationKinds)
  kind!: OperationKind;

  /** requested: no executor has begun. stopped: the canary failed, and the rest is untouched */
  @OneOf(operationStatuses)
  status!: OperationStatus;

  /** Events of a replay or resume, keys of a retry or skip; null before it has begun */
  @Integer()
  total!: number | null;

  /** Finished ones, including those with nothing left to do */
  @Integer()
  done!: number;

  @Integer()
  succeeded!: number;

  @Integer()
  failed!: number;

  /** Null: no canary */
  canary!: CanaryView | null;

  /** The most that begin in a second; null: no limit */
  perSecond!: number | null;

  note!: string | null;

  /** The event of an operation on one event; else null */
  eventId!: string | null;

  /** Number of failures that the request listed by id; null for an event or a filter */
  @Integer()
  listed!: number | null;

  /** Selects events, failures or keys; empty for an event or a list */
  filter!: OperationFilterView;

  /** Name of the API key or person that requested it */
  createdBy!: string;

  @DateTime()
  createdAt!: string;

  @DateTime()
  startedAt!: string | null;

  /** When it finished, or was stopped */
  @DateTime()
  finishedAt!: string | null;

  @DateTime()
  cancelledAt!: string | null;
}

export class OperationPage {
  items!: OperationView[];

  /** Null on the last page */
  nextCursor!: string | null;
}
