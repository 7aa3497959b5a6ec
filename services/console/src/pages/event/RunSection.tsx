import { Group, Stack, Text, Title } from '@mantine/core';
import { PageLink } from '../../components/links.ts';
import { StatusBadge } from '../../components/StatusBadge.tsx';
import { Time } from '../../components/Time.tsx';
import { ExecutionList } from './ExecutionList.tsx';
import type { Run } from './runs.ts';
import { Timeline } from './Timeline.tsx';

interface Props {
  run: Run;
  /** The event was run once: its status is that of the event. */
  isAlone: boolean;
}

/** One time that the event was run: a timeline, and the same in words. */
export function RunSection({ run: { replayId, test, standing, executions }, isAlone }: Props) {
  const title = test ? 'Tests' : replayId !== null ? 'Replay' : isAlone ? 'Handlers' : 'Original run';
  return (
    <section>
      <Group gap="sm" align="baseline" mb="xs">
        <Title order={2}>{title}</Title>
        {replayId !== null && (
          <PageLink to="/replays/$replayId" params={{ replayId }} size="sm">
            …{replayId.slice(-8)}
          </PageLink>
        )}
        {standing && !isAlone && !test && (
          <>
            <StatusBadge status={standing.status} />
            {standing.hasFailures && standing.status !== 'failed' && <StatusBadge status="has_failures" />}
            <Text size="sm" c="dimmed">
              <Time at={standing.receivedAt} />
            </Text>
          </>
        )}
      </Group>
      <Stack gap="sm">
        <Timeline executions={executions} />
        <ExecutionList label={replayId === null ? title : `Replay ${replayId.slice(-8)}`} executions={executions} />
      </Stack>
    </section>
  );
}
