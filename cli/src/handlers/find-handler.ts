import { answerOf, type HandlerView, type operations, type RegistryClient } from '#sdk';
import { NotThere } from '../cli-error.ts';

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const pageSize = 500;

/**
 * A handler by its name or its id. Names of archived handlers may be taken by others, so these are found by their ids only.
 *
 * @throws {NotThere}
 */
export async function findHandler(client: RegistryClient, nameOrId: string): Promise<HandlerView> {
  if (uuid.test(nameOrId)) {
    return answerOf(client.GET('/api/v1/handlers/{id}', { params: { path: { id: nameOrId } } }));
  }
  for await (const handler of everyHandler(client, { q: nameOrId })) if (handler.name === nameOrId) return handler;
  throw new NotThere(`there is no handler ${JSON.stringify(nameOrId)} that is not archived`);
}

type Query = NonNullable<operations['listHandlers']['parameters']['query']>;

/** The parameters of a search, without those of its pages; the registry says which values there are. */
export type HandlerSearch = { [Name in keyof Omit<Query, 'page' | 'limit'>]?: string | undefined };

/** All handlers that match, page by page. */
export async function* everyHandler(client: RegistryClient, search: HandlerSearch): AsyncGenerator<HandlerView, void> {
  for (let page = 1, seen = 0; ; page += 1) {
    const query = { ...search, page, limit: pageSize } as Query;
    const { items, total } = await answerOf(client.GET('/api/v1/handlers', { params: { query } }));
    yield* items;
    seen += items.length;
    if (items.length === 0 || seen >= total) return;
  }
}
