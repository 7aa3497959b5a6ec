import { applyDecorators } from '@nestjs/common';
import type { ApiPropertyOptions } from '@nestjs/swagger';
import { ValidateBy, type ValidationOptions } from 'class-validator';
import { Described } from './described.ts';

/** What is wrong with a value, to be read after the name of its field ("must be …"); undefined when it fits. */
export type Fault = (value: unknown) => string | undefined;

export interface CustomRule {
  /** Name of the constraint, unique among the rules of a field. */
  readonly name: string;
  readonly fault: Fault;
  /** What JSON Schema can say of the rule. */
  readonly schema?: ApiPropertyOptions;
}

/** A property decorator for a rule that class-validator does not have. */
export function customRule({ name, fault, schema }: CustomRule, options?: ValidationOptions): PropertyDecorator {
  const validate = ValidateBy(
    {
      name,
      validator: {
        validate: (value) => fault(value) === undefined,
        defaultMessage: (args) => fault(args?.value) ?? '',
      },
    },
    options,
  );
  return applyDecorators(validate, Described(schema ?? {}));
}
