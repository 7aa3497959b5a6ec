import { PickType } from '@nestjs/swagger';
import { Integer } from '../../http/formats.ts';
import { ReplayInput } from './replay-input.dto.ts';

export class ReplayPreviewInput extends PickType(ReplayInput, ['filter'] as const) {}

export class ReplayPreviewView {
  /** Events that would be handled once more */
  @Integer()
  events!: number;

  /** True when there are more than that; they are not counted further */
  more!: boolean;
}
