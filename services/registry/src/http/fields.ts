import { applyDecorators } from '@nestjs/common';
import type { ApiPropertyOptions } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { ValidateIf } from 'class-validator';
import { Described } from './described.ts';

/**
 * The field may be absent. Unlike IsOptional of class-validator, it must not be null, unless another rule takes null.
 *
 * @param documentation `default`: the value of an absent field, where no initializer says it. `example`: one that is
 * not a text, which a comment cannot give
 */
export function IfGiven(documentation: Pick<ApiPropertyOptions, 'default' | 'example'> = {}): PropertyDecorator {
  return applyDecorators(
    ValidateIf((_, value) => value !== undefined),
    Described({ ...documentation, required: false }),
  );
}

/** The field may be absent or null. */
export function IfNotNull(documentation: Pick<ApiPropertyOptions, 'default' | 'example'> = {}): PropertyDecorator {
  return applyDecorators(
    ValidateIf((_, value) => value !== undefined && value !== null),
    Described({ ...documentation, required: false, nullable: true }),
  );
}

/** Takes the white space off both ends of a text before it is checked. */
export function Trimmed(): PropertyDecorator {
  return Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.trim() : value));
}
