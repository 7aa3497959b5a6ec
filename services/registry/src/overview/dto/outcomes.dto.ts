import { IsUUID } from 'class-validator';
import { executionStatuses, type ExecutionStatus } from '#contracts';
import { DateTime, Integer, OneOf, Uuid } from '../../http/formats.ts';
import { ListParameter } from '../../http/query-fields.ts';

/** The parameters of `GET /handlers/outcomes`. */
export class OutcomesQuery {
  /** Ids of handlers; without it all that are not archived */
  @ListParameter()
  @IsUUID('loose', { each: true })
  ids?: string[];
}

export class LastOutcomeView {
  /** State of the execution after this attempt */
  @OneOf(executionStatuses)
  status!: ExecutionStatus;

  /** When it began */
  @DateTime()
  at!: string;

  /** Stable code of the error */
  reason!: string | null;
}

export class OutcomeHourView {
  @Integer()
  succeeded!: number;

  @Integer()
  failed!: number;
}

export class HandlerOutcomesView {
  @Uuid()
  handlerId!: string;

  /** Of its latest attempt in the last 30 days */
  last!: LastOutcomeView | null;

  /** Executions of the last day that succeeded */
  @Integer()
  succeeded!: number;

  /** Executions of the last day that failed */
  @Integer()
  failed!: number;

  /** The same for each of the last 24 hours; the last hour is incomplete */
  hours!: OutcomeHourView[];
}

/** How handlers fared in the last day; tests are left out. */
export class HandlerOutcomesList {
  /** When the figures were counted; they are reused for a few seconds */
  @DateTime()
  asOf!: string;

  /** When the first hour begins */
  @DateTime()
  from!: string;

  items!: HandlerOutcomesView[];
}
