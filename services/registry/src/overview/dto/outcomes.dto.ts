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
  /** Where it left its execution */
  @OneOf(executionStatuses)
  status!: ExecutionStatus;

  /** When it began */
  @DateTime()
  at!: string;

  /** Stable code of what went wrong */
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

  /** The same by hours, 24 of them; the last is not over yet */
  hours!: OutcomeHourView[];
}

/** How handlers fared in the last day; tests are left out. */
export class HandlerOutcomesList {
  /** When it was counted; one count serves all requests of some seconds */
  @DateTime()
  asOf!: string;

  /** When the first hour begins */
  @DateTime()
  from!: string;

  items!: HandlerOutcomesView[];
}
