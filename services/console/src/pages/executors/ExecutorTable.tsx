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
        <Empty title="No executor runs">
          Events wait in RabbitMQ until there is one, and none is lost. One that dies is forgotten after some seconds.
        </Empty>
      }
    />
  );
}

function columnsAt(readAt: number): readonly Column<ExecutorView>[] {
  return [
    { title: 'ID', cell: ({ id }) => <Id id={id} />, width: '7.5rem' },
    {
      title: 'Host',
      cell: ({ host, pid, version }) => (
        <div>
          <Text span size="sm" fw={550}>
            {host}
          </Text>
          <Text size="xs" c="dimmed">
            process {pid}, version {version}
          </Text>
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
      cell: ({ partitions }) => (partitions.length === 0 ? 'none' : `${partitions.length}: ${rangesOf(partitions)}`),
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
    { title: 'Clock', cell: ({ clockSkewMs }) => <ClockSkew skewMs={clockSkewMs} /> },
    { title: 'Circuits open', cell: ({ circuits }) => <OpenCircuits circuits={circuits} /> },
  ];
}
