import { Checkbox, Radio, ScrollArea, Skeleton, Stack, Text } from '@mantine/core';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { answerOf, api } from '../../api/client.ts';
import type { operations } from '#contracts/rest-api';
import { EventName } from '../../components/EventName.tsx';
import { ProblemAlert } from '../../components/ProblemAlert.tsx';

interface Props {
  /** Whose handlers can be chosen among; undefined where events are of several types. */
  eventType: string | undefined;
  /** Undefined: every enabled one. */
  chosen: readonly string[] | undefined;
  onChange: (handlerIds: string[] | undefined) => void;
}

type EventTypeId = NonNullable<operations['listHandlers']['parameters']['query']>['event'];

/** A replay may name more of them; no user selects more by hand. */
const most = 500;

/** Which handlers a replay runs. */
export function HandlerChoice({ eventType, chosen, onChange }: Props) {
  return (
    <Radio.Group
      label="Handlers"
      value={chosen ? 'some' : 'all'}
      onChange={(choice) => onChange(choice === 'some' ? [] : undefined)}
    >
      <Stack gap="xs" mt={6}>
        <Radio value="all" label="All enabled handlers" />
        <Radio
          value="some"
          label="Selected handlers"
          disabled={eventType === undefined}
          description={
            eventType === undefined ? 'Only when all events have one type: filter the list by event' : undefined
          }
        />
        {chosen && eventType !== undefined && <Choices eventType={eventType} chosen={chosen} onChange={onChange} />}
      </Stack>
    </Radio.Group>
  );
}

function enabledHandlersQuery(eventType: string) {
  const query = { event: eventType as EventTypeId, status: 'enabled', limit: most } as const;
  return queryOptions({
    queryKey: ['handlers', 'of', eventType],
    queryFn: ({ signal }) => answerOf(api.GET('/api/v1/handlers', { params: { query }, signal })),
  });
}

interface ChoicesProps {
  eventType: string;
  chosen: readonly string[];
  onChange: (handlerIds: string[]) => void;
}

function Choices({ eventType, chosen, onChange }: ChoicesProps) {
  const { data, error, refetch } = useQuery(enabledHandlersQuery(eventType));
  if (error) return <ProblemAlert title="Failed to load the handlers" problem={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton height={48} ml={28} />;
  if (data.items.length === 0) {
    return (
      <Text size="sm" c="dimmed" ml={28}>
        No enabled handler for <EventName event={eventType} isInline />.
      </Text>
    );
  }
  return (
    <Checkbox.Group aria-label="Handlers" value={[...chosen]} onChange={onChange} ml={28}>
      <ScrollArea.Autosize mah={200}>
        <Stack gap="xs" p={4}>
          {data.items.map(({ id, name, priority }) => (
            <Checkbox key={id} size="xs" value={id} label={`${String(priority)}. ${name}`} />
          ))}
        </Stack>
      </ScrollArea.Autosize>
    </Checkbox.Group>
  );
}
