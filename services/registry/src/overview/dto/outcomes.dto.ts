import { ApiProperty } from '@nestjs/swagger';
import { executionStatuses, type ExecutionStatus } from '#contracts';
import { ListParameter } from '../../http/query-fields.ts';
import { uuid } from '../../http/rules.ts';

/** The parameters of `GET /handlers/outcomes`. */
export class OutcomesQuery {
  @ListParameter(uuid, 'Ids of handlers; without it all that are not archived')
  ids?: string[];
}

export class LastOutcomeView {
  @ApiProperty({ type: 'string', enum: [...executionStatuses], description: 'Where it left its execution' })
  status!: ExecutionStatus;

  @ApiProperty({ format: 'date-time', description: 'When it began' })
  at!: string;

  @ApiProperty({ type: 'string', nullable: true, description: 'Stable code of what went wrong' })
  reason!: string | null;
}

export class OutcomeHourView {
  @ApiProperty({ type: 'integer' })
  succeeded!: number;

  @ApiProperty({ type: 'integer' })
  failed!: number;
}

export class HandlerOutcomesView {
  @ApiProperty({ format: 'uuid' })
  handlerId!: string;

  @ApiProperty({ type: LastOutcomeView, nullable: true, description: 'Of its latest attempt in the last 30 days' })
  last!: LastOutcomeView | null;

  @ApiProperty({ type: 'integer', description: 'Executions of the last day that ended so' })
  succeeded!: number;

  @ApiProperty({ type: 'integer', description: 'Executions of the last day that ended so' })
  failed!: number;

  @ApiProperty({ type: [OutcomeHourView], description: 'The same by hours, 24 of them; the last is not over yet' })
  hours!: OutcomeHourView[];
}

/** How handlers fared in the last day; tests are left out. */
export class HandlerOutcomesList {
  @ApiProperty({
    format: 'date-time',
    description: 'When it was counted: some seconds ago, since all who ask share the work',
  })
  asOf!: string;

  @ApiProperty({ format: 'date-time', description: 'When the first hour begins' })
  from!: string;

  @ApiProperty({ type: [HandlerOutcomesView] })
  items!: HandlerOutcomesView[];
}
