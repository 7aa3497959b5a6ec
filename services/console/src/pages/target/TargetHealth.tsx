import { Alert, Group, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { TargetView } from '#contracts/rest-api';
import { answerOf, api } from '../../api/client.ts';
import { polling } from '../../api/query-client.ts';
import { ActionButton } from '../../components/ActionButton.tsx';
import { Facts } from '../../components/Facts.tsx';
import { counted } from '../../components/format-number.ts';
import { AwayIcon } from '../../components/icons.tsx';
import { PageLink } from '../../components/links.ts';
import { notifyDone, notifyFailed } from '../../components/notify.tsx';
import { Until } from '../../components/Until.tsx';
import { executorsQuery } from '../executors/executors.ts';
import { waitingKey } from '../waiting/waiting-list.ts';

/** Whether the target answers: its circuit breakers, and what waits for it. */
export function TargetHealth({ target }: { target: TargetView }) {
  const { id } = target;
  const executors = useQuery(executorsQuery);
  const waiting = useQuery({
    queryKey: [...waitingKey, 'of-target', id],
    queryFn: ({ signal }) =>
      answerOf(api.POST('/api/v1/deferrals/preview', { body: { filter: { targetId: id } }, signal })),
    ...polling(true),
  });
  const open = (executors.data?.items ?? []).flatMap(({ circuits }) =>
    circuits.filter((circuit) => circuit.targetId === id && circuit.open),
  );
  return (
    <>
      {open.length > 0 && <OpenCircuit target={target} openedAt={open.map(({ openedAt }) => openedAt)} />}
      <Facts
        facts={{
          'Circuit breaker': open.length > 0 ? `Open on ${counted(open.length, 'executor')}` : 'Closed',
          Waiting: waiting.data && (
            <PageLink to="/waiting" search={{ targetId: id }} inherit>
              {counted(waiting.data.events, 'event')} of {counted(waiting.data.keys, 'key')}
            </PageLink>
          ),
        }}
      />
    </>
  );
}

function OpenCircuit({ target: { id, name }, openedAt }: { target: TargetView; openedAt: readonly string[] }) {
  const client = useQueryClient();
  const probe = useMutation({
    mutationFn: () => answerOf(api.POST('/api/v1/targets/{id}/probe', { params: { path: { id } } })),
    onSuccess: ({ key }) => notifyDone(`Calling ${name} for the key ${key}. The log shows the result.`),
    onError: (problem) => notifyFailed(`Failed to probe ${name}`, problem),
    onSettled: () => client.invalidateQueries({ queryKey: waitingKey }),
  });
  const since = openedAt.reduce((oldest, each) => (each < oldest ? each : oldest));
  return (
    <Alert role="status" variant="outline" color="red" icon={<AwayIcon />} title="Circuit breaker open">
      <Group justify="space-between" gap="sm">
        <Text size="sm">
          Nearly all calls fail, since <Until at={since} />. Events wait and are retried.
        </Text>
        <ActionButton needs="operator" size="xs" loading={probe.isPending} onClick={() => probe.mutate()}>
          Probe now
        </ActionButton>
      </Group>
    </Alert>
  );
}
