import type { FieldError } from './field-error.ts';
import { isJsonObject } from './json.ts';

/** A value that a recipe asks for. `${NAME}` stands for it in the recipe's targets and handlers. */
export interface RecipeParameter {
  /** As a variable of an environment is called: `KAMAILIO_URL`. */
  name: string;
  label: string;
  description: string;
  /** Used where no value is given; a parameter without one has to be given. */
  default?: string;
  /** A password or token: never written to a file or shown again. */
  secret?: boolean;
  /** A regular expression that a whole value has to match. */
  pattern?: string;
}

/** What a recipe says of itself. */
export interface RecipeHead {
  title: string;
  summary: string;
  parameters: RecipeParameter[];
}

/** Targets and handlers of a recipe; `${NAME}` in a text stands for a parameter. */
export interface RecipeSet {
  targets: Record<string, unknown>[];
  handlers: Record<string, unknown>[];
}

/** Longer values are refused. Characters. */
export const longestParameterValue = 4_096;

const parameterName = /^[A-Z][A-Z0-9_]{0,63}$/;
const mark = /\$\{([^{}]*)\}/g;
const headFields = new Set(['title', 'summary', 'parameters']);
const parameterFields = new Set(['name', 'label', 'description', 'default', 'secret', 'pattern']);

/**
 * Checks the `recipe` of a file: what it says of itself.
 *
 * @returns Every fault, with its field; none for a recipe.
 */
export function recipeHeadFaults(head: unknown): FieldError[] {
  if (!isJsonObject(head)) return [{ field: 'recipe', message: 'must have title, summary and parameters' }];
  const { parameters } = head;
  const faults = [
    ...unknownFields(head, headFields, 'recipe'),
    ...['title', 'summary'].flatMap((field) => textFault(head[field], `recipe.${field}`)),
  ];
  if (!Array.isArray(parameters)) return [...faults, { field: 'recipe.parameters', message: 'must be a list' }];
  const names = parameters.map((parameter) => (isJsonObject(parameter) ? parameter['name'] : undefined));
  return [
    ...faults,
    ...parameters.flatMap((parameter, index) => parameterFaults(parameter, `recipe.parameters.${index}`)),
    ...names.flatMap((name, index) =>
      name !== undefined && names.indexOf(name) < index
        ? [{ field: `recipe.parameters.${index}.name`, message: 'is there twice' }]
        : [],
    ),
  ];
}

function parameterFaults(parameter: unknown, field: string): FieldError[] {
  if (!isJsonObject(parameter)) return [{ field, message: 'must have name, label and description' }];
  const { name, secret, pattern } = parameter;
  const faults = [
    ...unknownFields(parameter, parameterFields, field),
    ...['label', 'description'].flatMap((key) => textFault(parameter[key], `${field}.${key}`)),
  ];
  if (typeof name !== 'string' || !parameterName.test(name)) {
    faults.push({ field: `${field}.name`, message: 'must be capital letters, digits and _, as KAMAILIO_URL' });
  }
  if (parameter['default'] !== undefined && typeof parameter['default'] !== 'string') {
    faults.push({ field: `${field}.default`, message: 'must be a text' });
  }
  if (secret !== undefined && typeof secret !== 'boolean') {
    faults.push({ field: `${field}.secret`, message: 'must be true or false' });
  }
  if (pattern !== undefined && (typeof pattern !== 'string' || !isPattern(pattern))) {
    faults.push({ field: `${field}.pattern`, message: 'must be a regular expression' });
  }
  return faults;
}

function unknownFields(object: object, known: ReadonlySet<string>, field: string): FieldError[] {
  return Object.keys(object)
    .filter((name) => !known.has(name))
    .map((name) => ({ field: `${field}.${name}`, message: `is unknown; expected ${[...known].join(', ')}` }));
}

function textFault(value: unknown, field: string): FieldError[] {
  return typeof value === 'string' && value !== '' ? [] : [{ field, message: 'must be a text' }];
}

function isPattern(pattern: string): boolean {
  try {
    return new RegExp(pattern, 'u') instanceof RegExp;
  } catch {
    return false;
  }
}

/**
 * The values of a recipe's parameters: those given, else the defaults. An empty value counts as not given.
 *
 * @returns The values, or every fault, with the parameter's name as its field.
 */
export function parameterValues(
  parameters: readonly RecipeParameter[],
  given: (name: string) => string | undefined,
): { values: ReadonlyMap<string, string> } | { faults: FieldError[] } {
  const values = new Map<string, string>();
  const faults: FieldError[] = [];
  for (const parameter of parameters) {
    const typed = given(parameter.name);
    const value = typed === undefined || typed === '' ? parameter.default : typed;
    const message = valueFault(parameter, value);
    if (message === undefined) values.set(parameter.name, value!);
    else faults.push({ field: parameter.name, message });
  }
  return faults.length > 0 ? { faults } : { values };
}

function valueFault(
  { label, pattern, default: example }: RecipeParameter,
  value: string | undefined,
): string | undefined {
  if (value === undefined) return `is needed: ${label}`;
  if (value.length > longestParameterValue) return `must have at most ${longestParameterValue} characters`;
  // What a person types has no line breaks; a text in YAML or JSON is not to gain lines by a value.
  if (/\p{Cc}/u.test(value)) return 'must have no line breaks and no control characters';
  if (pattern !== undefined && !new RegExp(`^(?:${pattern})$`, 'u').test(value))
    return `must match ${pattern}${example === undefined ? '' : `, as ${example} does`}`;
  return undefined;
}

/** The names in `${NAME}` in the texts of a set, with the field of each. */
export function parametersUsed(value: unknown, field = ''): FieldError[] {
  if (typeof value === 'string') return [...value.matchAll(mark)].map(([, name]) => ({ field, message: name! }));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, child]) => parametersUsed(child, field ? `${field}.${name}` : name));
}

/**
 * The parameters that faults of a filled set come from: those that every faulty field has in its text.
 *
 * @param fields As the registry names them: `handlers.3.task.body`.
 */
export function parametersAtFault(set: RecipeSet, fields: readonly string[]): string[] {
  const used = parametersUsed(set);
  const at = fields.map((field) => new Set(used.filter((one) => one.field === field).map(({ message }) => message)));
  return [...(at[0] ?? [])].filter((name) => at.every((names) => names.has(name)));
}

/**
 * Puts values in the place of `${NAME}` in every text of a set, however deep. What stands for no parameter stays as it
 * is. A value is put in once: what it contains is not looked at again.
 */
export function filledIn<T>(set: T, values: ReadonlyMap<string, string>): T {
  const fill = (value: unknown): unknown => {
    if (typeof value === 'string') return value.replace(mark, (whole, name: string) => values.get(name) ?? whole);
    if (Array.isArray(value)) return value.map(fill);
    if (!isJsonObject(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([name, child]) => [name, fill(child)]));
  };
  return fill(set) as T;
}
