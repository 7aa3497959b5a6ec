import { ApiProperty } from '@nestjs/swagger';
import type { FieldError } from '#contracts';
import type { Problem } from './problem.ts';

export class FieldErrorView implements FieldError {
  @ApiProperty({ description: 'Path of the field, `task.url`; empty for the body as a whole', example: 'priority' })
  field!: string;

  @ApiProperty({ example: 'must be a whole number from 1 to 1000000' })
  message!: string;
}

export class ProblemView implements Problem {
  @ApiProperty({
    example: 'urn:provisor:problem:invalid-input',
    description: 'Stable; `about:blank` where the status says all',
  })
  type!: string;

  @ApiProperty({ example: 'Bad Request' })
  title!: string;

  @ApiProperty({ type: 'integer', example: 400 })
  status!: number;

  @ApiProperty({ required: false, description: 'For people' })
  detail?: string;

  @ApiProperty({ type: [FieldErrorView], required: false })
  errors?: FieldErrorView[];
}
