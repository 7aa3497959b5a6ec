import { answerOf, type HandlerView, type operations, type RegistryClient } from '#sdk';
import { NotThere } from '../cli-error.ts';

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const pageSize = 500;

/**
 * Finds a handler by its name or id. An archived handler is found by its id only: another may have its name.
 *
 * @throws {NotThere}
 */
export async function findHandler(client: RegistryClient, nameOrId: string): Promise<HandlerView> {
  if (uuid.test(nameOrId)) {
    return answerOf(client.GET('/api/v1/handlers/{id}', { params: { path: { id: nameOrId } } }));
  }
  for await (const handler of everyHandler(client, { q: nameOrId })) if (handler.name === nameOrId) return handler;
  throw new NotThere(
    `handler ${JSON.stringify(nameOrId)} not found; "provisor handlers list" lists handlers (archived ones need their id)`,
  );
}

type Query = NonNullable<operations['listHandlers']['parameters']['query']>;

/** The parameters of a search, without those of paging; the registry checks the values. */
export type HandlerSearch = { [Name in keyof Omit<Query, 'page' | 'limit'>]?: string | undefined };

/** All matching handlers, page by page. */
export async function* everyHandler(client: RegistryClient, search: HandlerSearch): AsyncGenerator<HandlerView, void> {
  for (let page = 1, seen = 0; ; page += 1) {
    const query = { ...search, page, limit: pageSize } as Query;
    const { items, total } = await answerOf(client.GET('/api/v1/handlers', { params: { query } }));
    yield* items;
    seen += items.length;
    if (items.length === 0 || seen >= total) return;
  }
}
