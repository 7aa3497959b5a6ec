import type { ApiPropertyOptions } from '@nestjs/swagger';
import { getMetadataStorage } from 'class-validator';
import { Described } from './described.ts';

type Rule = ReturnType<ReturnType<typeof getMetadataStorage>['getTargetValidationMetadatas']>[number];

/**
 * Rules that the compiler plugin of @nestjs/swagger does not read, or only where their argument is a written number.
 */
const schemas: Partial<Record<string, (argument: unknown) => ApiPropertyOptions>> = {
  isInt: () => ({ type: 'integer' }),
  arrayMinSize: (size) => ({ minItems: size as number }),
  arrayMaxSize: (size) => ({ maxItems: size as number }),
};

/** Completes what the plugin has noted of the fields of inputs, before the description is made of it. */
export function describeRules(): void {
  for (const [target, rules] of rulesByClass()) {
    for (const [field, ofField] of Map.groupBy(rules, (rule) => rule.propertyName)) {
      const schema = Object.assign({}, choicesOf(ofField), ...ofField.map(schemaOf)) as ApiPropertyOptions;
      if (Object.keys(schema).length > 0) Described(schema)(target.prototype, field);
    }
  }
}

function schemaOf({ name = '', constraints }: Rule): ApiPropertyOptions {
  return schemas[name]?.((constraints as unknown[] | undefined)?.[0]) ?? {};
}

/** The values of a list whose items are choices: the type that the plugin notes for it has not got them. */
function choicesOf(rules: Rule[]): ApiPropertyOptions {
  const choices = rules.find(({ name, each }) => name === 'isIn' && each);
  const isList = rules.some(({ name }) => name === 'isArray');
  return choices && isList ? { enum: [...(choices.constraints[0] as string[])], isArray: true } : {};
}

/** The storage has no public way to all classes. */
function rulesByClass(): Map<{ prototype: object }, Rule[]> {
  return (getMetadataStorage() as unknown as { validationMetadatas: Map<{ prototype: object }, Rule[]> })
    .validationMetadatas;
}
