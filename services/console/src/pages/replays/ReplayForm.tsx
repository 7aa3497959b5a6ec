import { Button, Group, Progress, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ProblemAlert } from '../../components/ProblemAlert.tsx';
import { HandlerChoice } from './HandlerChoice.tsx';
import { replayPreviewQuery } from './replay-list.ts';
import { eventTypeOf, type ReplayTarget } from './replay-target.ts';
import { ReplayTargetInWords } from './ReplayTargetInWords.tsx';
import { useReplayRequest } from './use-replay-request.ts';

interface Props {
  target: ReplayTarget;
  onClose: () => void;
}

const inWords = new Intl.NumberFormat('en');

export function ReplayForm({ target, onClose }: Props) {
  const [handlerIds, setHandlerIds] = useState<string[]>();
  const preview = useQuery({
    ...replayPreviewQuery(target.kind === 'filter' ? target.filter : {}),
    enabled: target.kind === 'filter',
  });
  const request = useReplayRequest(target, onClose);
  const found = target.kind === 'filter' ? preview.data : { events: target.events.length, more: false };
  const isReady = found !== undefined && found.events > 0 && handlerIds?.length !== 0;
  return (
    <Stack gap="md">
      <ReplayTargetInWords target={target} found={found} />
      {preview.error && (
        <ProblemAlert
          title="Failed to count the events"
          problem={preview.error}
          onRetry={() => void preview.refetch()}
        />
      )}
      <HandlerChoice eventType={eventTypeOf(target)} chosen={handlerIds} onChange={setHandlerIds} />
      <Text size="sm">
        The handlers run for real: they call their targets and start their scripts. Each execution has a new id, so
        targets do not take it for a duplicate.
      </Text>
      {request.problem && <ProblemAlert title={refusal(request.asked)} problem={request.problem} />}
      {request.isPending && target.kind === 'events' && target.events.length > 1 && (
        <Progress aria-label="Events sent" value={(100 * request.asked) / target.events.length} size="sm" />
      )}
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onClose} data-autofocus>
          {request.isPending ? 'Stop' : 'Cancel'}
        </Button>
        <Button disabled={!isReady} loading={request.isPending} onClick={() => request.send(handlerIds)}>
          Replay {found && found.events > 0 ? sizeOf(found) : ''}
        </Button>
      </Group>
    </Stack>
  );
}

function refusal(asked: number): string {
  return asked > 0 ? `Only ${String(asked)} of the events are replayed` : 'Failed to start the replay';
}

function sizeOf({ events, more }: { events: number; more: boolean }): string {
  return `${more ? 'more than ' : ''}${inWords.format(events)} ${events === 1 ? 'event' : 'events'}`;
}
