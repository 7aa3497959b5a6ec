import { List, Stack } from '@mantine/core';
import type { EventPlanView } from '#contracts/rest-api';
import { EventName } from '../../components/EventName.tsx';

/** Further handlers are only counted. */
const mostNamed = 8;

/** What the event is, and which handlers run for it. */
export function PublishQuestion({ plan: { event, handlers } }: { plan: EventPlanView }) {
  return (
    <Stack gap="xs">
      <div>
        <EventName event={event.type} isInline />, object {event.objectId}, key {event.partitionKey}.
      </div>
      {handlers.length === 0 ? (
        <div>No handler runs: the event is only recorded.</div>
      ) : (
        <div>
          {handlers.length === 1 ? '1 handler runs:' : `${handlers.length} handlers run:`}
          <List size="sm">
            {handlers.slice(0, mostNamed).map(({ handler: { id, name } }) => (
              <List.Item key={id}>{name}</List.Item>
            ))}
            {handlers.length > mostNamed && <List.Item>and {handlers.length - mostNamed} more</List.Item>}
          </List>
        </div>
      )}
    </Stack>
  );
}
