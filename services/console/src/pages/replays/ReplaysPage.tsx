import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { ReplayView } from '#contracts/rest-api';
import { CursorPager } from '../../components/CursorPager.tsx';
import { DataTable, type Column } from '../../components/DataTable.tsx';
import { Empty } from '../../components/Empty.tsx';
import { PageButton, PageLink } from '../../components/links.ts';
import { PageHeader } from '../../components/PageHeader.tsx';
import { ProblemAlert } from '../../components/ProblemAlert.tsx';
import { StatusBadge } from '../../components/StatusBadge.tsx';
import { Time } from '../../components/Time.tsx';
import { replayListQuery } from './replay-list.ts';
import { ReplayCancel } from './ReplayCancel.tsx';
import { ReplayProgress } from './ReplayProgress.tsx';
import { ReplaySubject } from './ReplaySubject.tsx';

const route = getRouteApi('/replays');

const columns: readonly Column<ReplayView>[] = [
  {
    title: 'Requested',
    cell: ({ id, createdAt }) => (
      <PageLink to="/replays/$replayId" params={{ replayId: id }} inherit c="var(--accent-text)" fw={550}>
        <Time at={createdAt} />
      </PageLink>
    ),
    width: '11rem',
  },
  { title: 'Status', cell: ({ status }) => <StatusBadge status={status} />, width: '8rem' },
  {
    title: 'Events',
    cell: (replay) => (
      <div>
        <ReplaySubject replay={replay} />
      </div>
    ),
  },
  {
    title: 'Handlers',
    cell: ({ handlerIds }) => (handlerIds === null ? 'All' : `${String(handlerIds.length)} selected`),
    width: '7rem',
    isSecondary: true,
  },
  { title: 'Progress', cell: (replay) => <ReplayProgress replay={replay} />, width: '16rem' },
  {
    title: 'Action',
    cell: (replay) => (
      <div>
        <ReplayCancel replay={replay} size="compact-xs" />
      </div>
    ),
    width: '8rem',
  },
];

/** What was handled once more, or is. */
export function ReplaysPage() {
  const { cursor } = route.useSearch();
  const navigate = route.useNavigate();
  const { data, error, refetch, isPlaceholderData } = useQuery(replayListQuery(cursor));
  return (
    <>
      <PageHeader title="Replays" description="Events that run again, each execution with a new id." />
      {error && <ProblemAlert title="Failed to load the replays" problem={error} onRetry={() => void refetch()} />}
      {!error && (
        <DataTable
          label="Replays"
          columns={columns}
          rows={data?.items}
          rowKey={({ id }) => id}
          isStale={isPlaceholderData}
          empty={<NoReplays />}
        />
      )}
      {data && !error && (
        <CursorPager
          cursor={cursor}
          nextCursor={data.nextCursor}
          onMove={(wanted) => void navigate({ search: { cursor: wanted } })}
        />
      )}
    </>
  );
}

function NoReplays() {
  return (
    <Empty
      title="No replays yet"
      action={
        <PageButton to="/events" search={{ status: 'failed' }} variant="default" size="xs" mt="xs">
          Show failed events
        </PageButton>
      }
    >
      Select events in the list, or filter it and replay all matching events. Their progress appears here.
    </Empty>
  );
}
