import { PickType } from '@nestjs/swagger';
import { Integer } from '../../http/formats.ts';
import { ReplayInput } from './replay-input.dto.ts';

export class ReplayPreviewInput extends PickType(ReplayInput, ['filter'] as const) {}

export class ReplayPreviewView {
  /** Number of events that would be replayed */
  @Integer()
  events!: number;

  /** True when there are more; the count stops there */
  more!: boolean;
}
