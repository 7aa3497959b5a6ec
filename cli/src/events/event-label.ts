import { answerOf, type RegistryClient } from '#sdk';

/** The label of an event type, `Clients: create`; undefined when the registry does not know the type. */
export async function eventLabel(client: RegistryClient, id: string): Promise<string | undefined> {
  const { items } = await answerOf(client.GET('/api/v1/event-types'));
  const type = items.find((known) => known.id === id);
  return type && `${type.group}: ${type.label}`;
}
