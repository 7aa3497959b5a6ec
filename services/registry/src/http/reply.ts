/** What a controller says in an answer besides its body; Fastify's reply, as far as we use it. */
export interface Reply {
  code(status: number): unknown;
  header(name: string, value: string): unknown;
}

const text = (description: string): object => ({ description, schema: { type: 'string' } });

/** Descriptions of headers, for OpenAPI. */
export const etagHeader = { ETag: text('The version') };
export const locationHeader = { Location: text('Address of the new resource') };
