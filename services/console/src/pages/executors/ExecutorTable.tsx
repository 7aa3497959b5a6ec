import { Text } from '@mantine/core';
import type { ExecutorView } from '#contracts/rest-api';
import { DataTable, type Column } from '../../components/DataTable.tsx';
import { Duration } from '../../components/Duration.tsx';
import { Empty } from '../../components/Empty.tsx';
import { Id } from '../../components/Id.tsx';
import { StatusBadge } from '../../components/StatusBadge.tsx';
import { Time } from '../../components/Time.tsx';
import { ClockSkew } from './ClockSkew.tsx';
import { OpenCircuits } from './OpenCircuits.tsx';
import { rangesOf } from './revision-words.ts';

interface Props {
  /** Undefined while they are read for the first time. */
  executors: readonly ExecutorView[] | undefined;
  /** When they were read, milliseconds since 1970. */
  readAt: number;
}

export function ExecutorTable({ executors, readAt }: Props) {
  return (
    <DataTable
      label="Executors"
      columns={columnsAt(readAt)}
      rows={executors}
      rowKey={({ id }) => id}
      empty={
        <Empty title="No executor is running">
          Each running executor appears here. Until one starts, events wait in RabbitMQ.
        </Empty>
      }
    />
  );
}

function columnsAt(readAt: number): readonly Column<ExecutorView>[] {
  return [
    { title: 'ID', cell: ({ id }) => <Id id={id} />, width: '7.5rem', isSecondary: true },
    {
      title: 'Host',
      cell: ({ host, pid, version, draining }) => (
        <div>
          <Text span size="sm" fw={550}>
            {host}
          </Text>
          <Text size="xs" c="dimmed">
            process {pid}, version {version}
          </Text>
          {draining && (
            <span title="It stops: it takes no more events, and finishes those it has.">
              <StatusBadge status="draining" />
            </span>
          )}
        </div>
      ),
    },
    {
      title: 'Revision',
      cell: ({ revision, upToDate }) => (
        <div>
          {revision} <StatusBadge status={upToDate ? 'in_force' : 'behind'} />
        </div>
      ),
    },
    {
      title: 'Partitions',
      cell: (executor) => <Partitions executor={executor} />,
    },
    { title: 'In flight', cell: ({ inFlight }) => inFlight, align: 'end' },
    {
      title: 'Up for',
      cell: ({ startedAt }) => (
        <span>
          <Duration ms={Math.max(0, Math.floor((readAt - Date.parse(startedAt)) / 1_000) * 1_000)} />
          <Text size="xs" c="dimmed">
            since <Time at={startedAt} />
          </Text>
        </span>
      ),
    },
    { title: 'Clock', cell: ({ clockSkewMs }) => <ClockSkew skewMs={clockSkewMs} />, isSecondary: true },
    { title: 'Open circuit breakers', cell: ({ circuits }) => <OpenCircuits circuits={circuits} /> },
  ];
}

/** The partitions that an executor reads; alone it takes all events straight from the intake. */
function Partitions({ executor: { partitions, direct } }: { executor: ExecutorView }) {
  if (direct) {
    return (
      <span title="The only executor handles events where they arrive, in the same order per key.">
        all, by direct dispatch
      </span>
    );
  }
  if (partitions.length > 0) return `${partitions.length}: ${rangesOf(partitions)}`;
  return <span title="It appears here with the first event from each partition.">none yet</span>;
}
