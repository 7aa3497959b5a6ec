import { Group, Stack, Title } from '@mantine/core';
import { PageLink } from '../../components/links.ts';
import { ExecutionList } from './ExecutionList.tsx';
import type { Run } from './runs.ts';
import { Timeline } from './Timeline.tsx';

/** One time that the event was run: the picture of its chain, and the same in words. */
export function RunSection({ run: { replayId, test, executions } }: { run: Run }) {
  const title = test ? 'Tests of handlers' : replayId === null ? 'Handlers' : 'Replay';
  return (
    <section>
      <Group gap="sm" align="baseline" mb="xs">
        <Title order={2}>{title}</Title>
        {replayId !== null && (
          <PageLink to="/replays/$replayId" params={{ replayId }} size="sm">
            …{replayId.slice(-8)}
          </PageLink>
        )}
      </Group>
      <Stack gap="sm">
        <Timeline executions={executions} />
        <ExecutionList label={replayId === null ? title : `Replay ${replayId.slice(-8)}`} executions={executions} />
      </Stack>
    </section>
  );
}
