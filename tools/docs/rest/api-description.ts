import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { JsonObject } from '#contracts';

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

const describer = fileURLToPath(new URL('../../../dist/services/registry/src/description/main.js', import.meta.url));

/** The description that the built registry gives of itself; neither database nor broker are needed for it. */
export async function describeRegistry(): Promise<ApiDescription> {
  const folder = await mkdtemp(path.join(tmpdir(), 'provisor-openapi-'));
  try {
    const file = path.join(folder, 'openapi.json');
    await promisify(execFile)(process.execPath, [describer, file]);
    return JSON.parse(await readFile(file, 'utf8')) as ApiDescription;
  } finally {
    await rm(folder, { recursive: true });
  }
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
