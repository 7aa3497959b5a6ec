import { List, Loader, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { PageButton } from '../../components/links.ts';
import { ProblemAlert } from '../../components/ProblemAlert.tsx';
import { skipReasons } from '../../components/reasons.ts';
import { StatusBadge } from '../../components/StatusBadge.tsx';
import { publishedEventQuery } from './publish.ts';

/** The result of a published event, as soon as there is one. */
export function PublishedEvent({ id }: { id: string }) {
  const { data: event, error, refetch } = useQuery(publishedEventQuery(id));
  if (error) return <ProblemAlert title="Failed to load the event" problem={error} onRetry={() => void refetch()} />;
  return (
    <Stack gap="sm" align="flex-start">
      <Title order={2}>Published</Title>
      <Text size="sm" component="div">
        Event <span className="mono">{id}</span>
      </Text>
      {event ? (
        <>
          <StatusBadge status={event.status} />
          <List size="sm" aria-label="Handlers">
            {event.executions.map(({ id: executionId, handlerName, handlerId, status, skipReason }) => (
              <List.Item key={executionId}>
                {handlerName ?? handlerId} <StatusBadge status={status} />
                {skipReason !== null && ` ${skipReasons[skipReason]}`}
              </List.Item>
            ))}
          </List>
          {event.executions.length === 0 && event.status !== 'waiting' && <Text size="sm">No handler ran.</Text>}
          <PageButton to="/events/$eventId" params={{ eventId: id }} variant="default">
            Open the event
          </PageButton>
        </>
      ) : (
        <Text size="sm" component="div">
          <Loader size="xs" aria-label="Waiting for an executor" /> Waiting for an executor to take the event.
        </Text>
      )}
    </Stack>
  );
}
