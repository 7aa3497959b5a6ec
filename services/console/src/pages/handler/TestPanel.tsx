import { Group, Skeleton, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useRef } from 'react';
import type { HandlerView } from '#contracts/rest-api';
import { useTargetName } from '../../api/target-names.ts';
import { eventTypesQuery } from '../../api/event-types.ts';
import { ActionButton } from '../../components/ActionButton.tsx';
import { Empty } from '../../components/Empty.tsx';
import { JsonEditor } from '../../components/json/JsonEditor.tsx';
import { jsonPlaces } from '../../components/json/json-places.ts';
import { ProblemAlert } from '../../components/ProblemAlert.tsx';
import { taskTypeEntry } from '../../components/task-types.tsx';
import { useRefusal } from '../../session/role.ts';
import { AttemptResult } from './test-run/AttemptResult.tsx';
import { eventFaults } from './test-run/event-faults.ts';
import { useTestRun } from './test-run/run-test.ts';

interface Props {
  handler: HandlerView;
  /** What was typed; undefined for the sample. */
  draft: string | undefined;
  onDraft: (draft: string | undefined) => void;
}

/** Tries the handler on an event, and shows how it went. */
export function TestPanel({ handler, draft, onDraft }: Props) {
  const types = useQuery(eventTypesQuery);
  if (handler.status === 'archived') {
    return <Empty title="The handler is archived">Restore it to test it. It may stay disabled.</Empty>;
  }
  if (types.error) {
    const retry = (): void => void types.refetch();
    return <ProblemAlert title="Failed to load the sample" problem={types.error} onRetry={retry} />;
  }
  const sample = types.data?.items.find(({ id }) => id === handler.event)?.sample;
  if (!types.data) return <Skeleton height={260} radius="lg" aria-label="Loading" />;
  const text = draft ?? JSON.stringify(sample ?? {}, null, 2);
  return <TestRun handler={handler} text={text} onDraft={onDraft} />;
}

function TestRun({ handler, text, onDraft }: { handler: HandlerView; text: string; onDraft: Props['onDraft'] }) {
  const { task } = handler;
  const entry = taskTypeEntry(task.type);
  const targetName = useTargetName(task.type === 'http' ? task.target : undefined);
  const editor = useRef<HTMLTextAreaElement>(null);
  const test = useTestRun(handler);
  const refusal = useRefusal('operator');
  const faults = eventFaults(test.error);
  const change = (draft: string | undefined): void => {
    if (test.error) test.reset();
    onDraft(draft);
  };
  const run = (): void => {
    // The field is described by what is wrong with it, and so tells it where it has the focus.
    if (jsonPlaces(text).fault) editor.current?.focus();
    else test.mutate(text);
  };
  return (
    <Stack gap="md">
      <Text size="sm" maw={640}>
        A test is a real call: an executor {entry.verb} <span className="mono">{entry.subject(task, targetName)}</span>{' '}
        once, also while the handler is disabled. It is not retried, does not delay other events, and is marked as a
        test in the log.
      </Text>
      <JsonEditor
        ref={editor}
        label="Event"
        description="The sample of its event type. Edit it as needed"
        value={text}
        onChange={change}
        errors={faults}
        isReadOnly={refusal !== undefined}
      />
      <Group gap="xs">
        <ActionButton needs="operator" loading={test.isPending} onClick={run}>
          Run test
        </ActionButton>
        <ActionButton needs="operator" variant="default" onClick={() => change(undefined)}>
          Reset to sample
        </ActionButton>
      </Group>
      {test.error && !faults && <ProblemAlert title="Failed to run the test" problem={test.error} />}
      {test.data && <AttemptResult attempt={test.data} />}
    </Stack>
  );
}
