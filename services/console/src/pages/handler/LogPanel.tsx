import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ExecutionView } from '#contracts/rest-api';
import { CursorPager } from '../../components/CursorPager.tsx';
import { DataTable, type Column } from '../../components/DataTable.tsx';
import { Duration } from '../../components/Duration.tsx';
import { Empty } from '../../components/Empty.tsx';
import { PageLink } from '../../components/links.ts';
import { ProblemAlert } from '../../components/ProblemAlert.tsx';
import { attemptReason, reasonLabel } from '../../components/reasons.ts';
import { StatusBadge } from '../../components/StatusBadge.tsx';
import { Time } from '../../components/Time.tsx';
import { executionListQuery } from '../executions/execution-list.ts';
import classes from './LogPanel.module.css';

interface Props {
  handlerId: string;
  cursor: string | undefined;
  onMove: (cursor: string | undefined) => void;
}

const columns: readonly Column<ExecutionView>[] = [
  {
    title: 'Status',
    cell: ({ status, test }) => (
      <>
        <StatusBadge status={status} />
        {test && <span className={classes.test}> test</span>}
      </>
    ),
    width: '8.5rem',
  },
  { title: 'Date', cell: ({ date }) => <Time at={date} />, width: '10.5rem' },
  {
    title: 'Event',
    cell: ({ eventId }) => (
      <PageLink
        to="/events/$eventId"
        params={{ eventId }}
        inherit
        className="mono"
        c="var(--accent-text)"
        title={eventId}
      >
        {eventId.length > 14 ? `…${eventId.slice(-12)}` : eventId}
      </PageLink>
    ),
  },
  { title: 'Object ID', cell: ({ objectId }) => String(objectId), isSecondary: true },
  {
    title: 'Response',
    cell: ({ response, reason }) => (
      <span className={classes.response}>
        {reason !== null && (
          <Text span inherit title={attemptReason(reason)?.meaning} c="dimmed">
            {reasonLabel(reason)}{' '}
          </Text>
        )}
        {response}
      </span>
    ),
  },
  { title: 'Attempts', cell: ({ attempts }) => attempts, align: 'end', width: '5.5rem', isSecondary: true },
  { title: 'Duration', cell: ({ durationMs }) => <Duration ms={durationMs} />, align: 'end', width: '6.5rem' },
];

/** The executions of the handler; it refreshes. */
export function LogPanel({ handlerId, cursor, onMove }: Props) {
  const query = executionListQuery({ handlerId, cursor, live: 'on' });
  const { data, error, refetch, isPlaceholderData } = useQuery(query);
  if (error) return <ProblemAlert title="Failed to load the log" problem={error} onRetry={() => void refetch()} />;
  return (
    <>
      <DataTable
        label="Log"
        columns={columns}
        rows={data?.items}
        rowKey={({ id }) => id}
        isStale={isPlaceholderData}
        empty={<Empty title="No executions yet">Each run for an event, and each test, appears here.</Empty>}
      />
      <CursorPager cursor={cursor} nextCursor={data?.nextCursor} onMove={onMove} />
    </>
  );
}
