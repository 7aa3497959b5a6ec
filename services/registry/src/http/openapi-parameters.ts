import type { OpenAPIObject } from '@nestjs/swagger';

/** Marks a parameter that is a list in one text, until the description is complete. */
export const listParameter = 'x-list';

interface Parameter {
  description?: string;
  'x-list'?: true;
  schema?: { type?: string; default?: unknown; items?: { enum?: string[] } };
}

interface Operation {
  parameters?: Parameter[];
}

/** Says of parameters that are lists which values they take, and how several are written. */
export function describeLists({ paths }: OpenAPIObject): void {
  const operations = Object.values(paths as Record<string, Record<string, Operation>>).flatMap(
    Object.values<Operation>,
  );
  for (const parameter of operations.flatMap(({ parameters = [] }) => parameters)) {
    if (parameter[listParameter]) describeList(parameter);
  }
}

function describeList(parameter: Parameter): void {
  const { items, default: values } = parameter.schema ?? {};
  const choices = items?.enum ? `: ${items.enum.join(', ')}` : '';
  parameter.description = `${parameter.description ?? ''}${choices}. Several, separated by commas`;
  // What the plugin notes else is true of each value, and not of the text.
  parameter.schema = { type: 'string', ...(Array.isArray(values) && { default: values.join(',') }) };
  delete parameter['x-list'];
}
