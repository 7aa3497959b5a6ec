import { ApiProperty } from '@nestjs/swagger';
import { deferralReasons, type DeferralReason } from '#contracts';

/** What an event waits for. */
export class WaitingView {
  @ApiProperty({ description: 'What it waits under, see `/deferrals`' })
  key!: string;

  @ApiProperty({ description: 'True when only one execution of it waits, on the side' })
  detached!: boolean;

  @ApiProperty({ type: 'string', enum: [...deferralReasons], description: 'Why the key waits' })
  reason!: DeferralReason;

  @ApiProperty({ format: 'date-time', description: 'When the key is tried next' })
  dueAt!: string;

  @ApiProperty({ type: 'string', format: 'uuid', nullable: true, description: 'The handler that the key waits for' })
  handlerId!: string | null;

  @ApiProperty({ type: 'integer', description: 'Events of the key that go before it' })
  ahead!: number;
}
