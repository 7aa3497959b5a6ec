import type { JsonObject } from '#contracts';
import { builtDescription } from '../../test/built-description.ts';

type Content = Readonly<Record<string, { schema?: JsonObject }>>;

export interface Parameter {
  name: string;
  in: string;
  required?: boolean;
  description?: string;
  schema: JsonObject;
}

export interface Operation {
  tags: string[];
  summary: string;
  'x-least-role': string;
  parameters?: Parameter[];
  requestBody?: { required?: boolean; content: Content };
  responses: Record<string, { description: string; headers?: object; content?: Content }>;
}

/** An OpenAPI document, as far as it is looked at. */
export interface ApiDescription {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, JsonObject> };
}

export interface Route {
  method: string;
  path: string;
  operation: Operation;
}

/** The description that the built registry gives of itself; neither database nor broker are needed for it. */
export function describeRegistry(): Promise<ApiDescription> {
  return builtDescription();
}

/** In the order of their paths, and for one path as people think of it. */
export function routesOf({ paths }: ApiDescription): Route[] {
  const methods = ['get', 'post', 'put', 'patch', 'delete'];
  return Object.keys(paths)
    .sort()
    .flatMap((at) =>
      methods.flatMap((method) => {
        const operation = paths[at]![method];
        return operation ? [{ method: method.toUpperCase(), path: at, operation }] : [];
      }),
    );
}

export function jsonSchemaOf(content: Content | undefined): JsonObject | undefined {
  return content?.['application/json']?.schema;
}
