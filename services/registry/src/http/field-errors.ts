import { getMetadataStorage, type ValidationError } from 'class-validator';
import type { FieldError } from '#contracts';
import { dateTimeFault } from './date-time.ts';

type Rules = ReturnType<ReturnType<typeof getMetadataStorage>['getTargetValidationMetadatas']>;
type Rule = Rules[number];
/** The arguments of all rules of a field by the name of the rule, so that a message can name both bounds. */
type Arguments = Partial<Record<string, unknown[]>>;

const bound = (args: unknown[] = []): number => args[0] as number;
const wholeNumber = ({ min, max }: Arguments): string => `must be a whole number from ${bound(min)} to ${bound(max)}`;
const listSize = ({ arrayMinSize, arrayMaxSize }: Arguments): string =>
  `must have ${arrayMinSize ? bound(arrayMinSize) : 0} to ${bound(arrayMaxSize)} items`;

/** What the rules of class-validator say in words of ours, to be read after the name of the field. */
const wordings: Partial<Record<string, (args: Arguments, value: unknown) => string>> = {
  isString: () => 'must be a string',
  isBoolean: () => 'must be true or false',
  isObject: () => 'must be an object',
  isUuid: () => 'must be a UUID',
  isDate: (_, value) => dateTimeFault(value) ?? '',
  isIn: ({ isIn }) => `must be one of ${(isIn?.[0] as string[]).join(', ')}`,
  isInt: wholeNumber,
  min: wholeNumber,
  max: wholeNumber,
  isArray: () => 'must be a list',
  arrayMinSize: listSize,
  arrayMaxSize: listSize,
  arrayUnique: () => 'must not have duplicates',
};

/**
 * If several rules are broken, the first in this order is reported; a rule that is not listed comes between the two.
 */
const first = ['isArray', 'arrayMinSize', 'arrayMaxSize', 'isString'];
const last = ['length'];

/** The findings of class-validator, as a flat list with the path of each field. Each field has one problem. */
export function fieldErrors(errors: readonly ValidationError[], parent = ''): FieldError[] {
  return errors.flatMap((error) => {
    const field = parent === '' ? error.property : `${parent}.${error.property}`;
    if (error.constraints) return [{ field, message: problemOf(error, error.constraints) }];
    return fieldErrors(error.children ?? [], field);
  });
}

/** The validator stops at the first broken rule, in no useful order; so the rules of the field are asked once more. */
function problemOf({ target, property, value }: ValidationError, found: Record<string, string>): string {
  if ('whitelistValidation' in found) return 'is unknown';
  const rules = rulesOf(target!, property);
  const args = Object.fromEntries(rules.map(({ name, constraints }) => [name, constraints])) as Arguments;
  const problems = rules.toSorted((a, b) => rank(a) - rank(b)).map((rule) => brokenBy(value, rule, args));
  // What is left is ValidateNested, of something that is not an object.
  return problems.find((problem) => problem !== undefined) ?? 'must be an object';
}

function rulesOf(target: object, property: string): Rules {
  const rules = getMetadataStorage().getTargetValidationMetadatas(target.constructor, '', false, false);
  return rules.filter((rule) => rule.propertyName === property && rule.type === 'customValidation');
}

function rank({ name = '' }: Rule): number {
  if (first.includes(name)) return first.indexOf(name) - first.length;
  return last.includes(name) ? 1 : 0;
}

/** How a value breaks a rule; of a list, the first item that does, counted from 0. */
function brokenBy(value: unknown, rule: Rule, args: Arguments): string | undefined {
  if (!rule.each || !Array.isArray(value)) return broken(value, rule, args);
  const problems = value.map((item) => broken(item, rule, args));
  const index = problems.findIndex((problem) => problem !== undefined);
  if (index < 0) return undefined;
  // A list in a query string is one text, whose values users do not count.
  return 'isArray' in args ? `item ${index} ${problems[index]!}` : problems[index];
}

function broken(value: unknown, rule: Rule, args: Arguments): string | undefined {
  const { name = '', constraintCls, constraints, message } = rule;
  const context = { value, constraints, targetName: '', object: {}, property: '' };
  const constraint = getMetadataStorage()
    .getTargetValidatorConstraints(constraintCls)
    .find(({ instance }) => instance.validate(value, context) !== true);
  if (!constraint) return undefined;
  if (typeof message === 'string') return message;
  return wordings[name]?.(args, value) ?? constraint.instance.defaultMessage?.(context) ?? 'is not valid';
}
