import { isJsonObject } from '#contracts';
import { answerOf, type RegistryClient, type TargetView } from '#sdk';
import { NotThere } from '../cli-error.ts';

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const pageSize = 500;

/**
 * Finds a target by its name or id.
 *
 * @throws {NotThere}
 */
export async function findTarget(client: RegistryClient, nameOrId: string): Promise<TargetView> {
  if (uuid.test(nameOrId)) {
    return answerOf(client.GET('/api/v1/targets/{id}', { params: { path: { id: nameOrId } } }));
  }
  for await (const target of everyTarget(client, nameOrId)) if (target.name === nameOrId) return target;
  throw new NotThere(`target ${JSON.stringify(nameOrId)} not found; "provisor targets list" lists targets`);
}

/** All targets with a text in their names, descriptions or base URLs, by name, page by page. */
export async function* everyTarget(client: RegistryClient, q?: string): AsyncGenerator<TargetView, void> {
  for (let page = 1, seen = 0; ; page += 1) {
    const query = { ...(q !== undefined && { q }), page, limit: pageSize };
    const { items, total } = await answerOf(client.GET('/api/v1/targets', { params: { query } }));
    yield* items;
    seen += items.length;
    if (items.length === 0 || seen >= total) return;
  }
}

/** The names of targets, by id. */
export type TargetNames = ReadonlyMap<string, string>;

/** The names of the targets that tasks call; asks for them only where a task has one. */
export async function namesOfTargets(client: RegistryClient, tasks: readonly object[]): Promise<TargetNames> {
  const names = new Map<string, string>();
  if (!tasks.some((task) => 'target' in task && task.target !== undefined)) return names;
  for await (const { id, name } of everyTarget(client)) names.set(id, name);
  return names;
}

/** A handler's fields from a file, which may name a target by its name; the registry wants its id. */
export async function withTargetId(client: RegistryClient, fields: object): Promise<object> {
  const task = (fields as Readonly<Record<string, unknown>>)['task'];
  if (!isJsonObject(task) || typeof task['target'] !== 'string' || uuid.test(task['target'])) return fields;
  return { ...fields, task: { ...task, target: (await findTarget(client, task['target'])).id } };
}
