import { isJsonObject, type JsonObject } from '#contracts';

/** The name of an event type as a name in code: `clients.custom_fields.update` is `ClientsCustomFieldsUpdate`. */
export function nameInCode(text: string): string {
  return text
    .split(/[^A-Za-z0-9]+/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
}

/** A reference to a schema among the components. */
export function schemaReference(name: string): JsonObject {
  return { $ref: `#/components/schemas/${name}` };
}

/**
 * Gives every object in schemas a name of its own, by which others refer to it: generators of code call a schema
 * without a name `AnonymousSchema17`, and another number the next time.
 *
 * @param schemas By name.
 * @returns The same schemas and those within them, each with its name as title.
 */
export function namedSchemas(schemas: Readonly<Record<string, JsonObject>>): JsonObject {
  const named: JsonObject = {};
  for (const [name, schema] of Object.entries(schemas)) add(name, schema, named);
  return named;
}

function add(name: string, schema: JsonObject, named: JsonObject): void {
  // Its place is taken before what is within it comes, so that it stands before them.
  named[name] = {};
  named[name] = { ...lifted(name, schema, named), title: name };
}

/** A schema in which objects are references. */
function lifted(name: string, schema: JsonObject, named: JsonObject): JsonObject {
  const copy: JsonObject = { ...schema };
  const { items, properties } = schema;
  if (isJsonObject(items)) copy['items'] = part(`${name}Item`, items, named);
  if (isJsonObject(properties)) {
    const parts = Object.entries(properties).map(([property, child]) => [
      property,
      part(name + nameInCode(property), child as JsonObject, named),
    ]);
    copy['properties'] = Object.fromEntries(parts) as JsonObject;
  }
  for (const key of ['allOf', 'oneOf', 'anyOf']) {
    const choices = schema[key];
    if (Array.isArray(choices)) copy[key] = choices.map((each) => choice(name, each as JsonObject, named));
  }
  return copy;
}

/** A choice that has a title is named by it. */
function choice(name: string, schema: JsonObject, named: JsonObject): JsonObject {
  const { title, ...rest } = schema;
  if (typeof title !== 'string') return lifted(name, schema, named);
  add(title, rest, named);
  return schemaReference(title);
}

/** What stands within another: a reference where it is an object, or has a name already. */
function part(name: string, schema: JsonObject, named: JsonObject): JsonObject {
  const known = Object.entries(named).find(
    ([title, each]) => JSON.stringify({ ...schema, title }) === JSON.stringify(each),
  );
  if (known) return schemaReference(known[0]);
  if (!isJsonObject(schema['properties'])) return lifted(name, schema, named);
  add(name, schema, named);
  return schemaReference(name);
}
