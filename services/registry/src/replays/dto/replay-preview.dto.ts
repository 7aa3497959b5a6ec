import { ApiProperty, PickType } from '@nestjs/swagger';
import { ReplayInput } from './replay-input.dto.ts';

export class ReplayPreviewInput extends PickType(ReplayInput, ['filter'] as const) {}

export class ReplayPreviewView {
  @ApiProperty({ type: 'integer', description: 'Events that would be handled once more' })
  events!: number;

  @ApiProperty({ description: 'True when there are more than that; they are not counted further' })
  more!: boolean;
}
