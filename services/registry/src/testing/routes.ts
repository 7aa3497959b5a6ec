import type { OpenAPIObject } from '@nestjs/swagger';
import type { TestRegistry } from './registry.ts';

export interface Route {
  method: string;
  /** With its parameters, `/api/v1/handlers/{id}`. */
  path: string;
  operation: {
    operationId?: string;
    tags?: string[];
    security?: unknown;
    'x-least-role'?: string;
    responses: Record<string, { content?: Record<string, { schema?: object }> }>;
  };
}

/** The description that the registry gives of itself. */
export async function apiDescription(registry: TestRegistry): Promise<OpenAPIObject> {
  return (await registry.call('GET', '/api/v1/openapi.json')).body as OpenAPIObject;
}

/** Every route that the description has. */
export function routesOf(description: OpenAPIObject): Route[] {
  return Object.entries(description.paths).flatMap(([path, operations]) =>
    Object.entries(operations as Record<string, Route['operation']>).map(([method, operation]) => ({
      method: method.toUpperCase(),
      path,
      operation,
    })),
  );
}
