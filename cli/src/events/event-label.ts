import { answerOf, type RegistryClient } from '#sdk';

/** What people call an event type, `Clients: create`; undefined when the registry does not know it. */
export async function eventLabel(client: RegistryClient, id: string): Promise<string | undefined> {
  const { items } = await answerOf(client.GET('/api/v1/event-types'));
  const type = items.find((known) => known.id === id);
  return type && `${type.group}: ${type.label}`;
}
