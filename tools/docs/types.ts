import openapiTS, { astToString, type OpenAPI3 } from 'openapi-typescript';
import { eventTypes } from '#contracts';

const header = '// Generated from the code by `npm run docs`; a test fails when it is out of date.\n\n';

/** TypeScript types of the REST API, from the registry's own description. */
export async function restTypes(description: OpenAPI3): Promise<string> {
  const options = { defaultNonNullable: false, rootTypes: true, rootTypesNoSchemaPrefix: true };
  return header + astToString(await openapiTS(description, options));
}

/** TypeScript types of what events carry, each under the id of its event type. */
export async function eventDataTypes(): Promise<string> {
  const schemas = Object.fromEntries(eventTypes.map(({ id, schema }) => [id, schema]));
  const document = {
    openapi: '3.1.0',
    info: { title: 'Event data', version: '1' },
    paths: {},
    components: { schemas },
  };
  return header + astToString(await openapiTS(document as unknown as OpenAPI3, { emptyObjectsUnknown: true }));
}
