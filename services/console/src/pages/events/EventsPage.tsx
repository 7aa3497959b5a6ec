import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { CursorPager } from '../../components/CursorPager.tsx';
import { Empty } from '../../components/Empty.tsx';
import { PageButton } from '../../components/links.ts';
import { NothingFound } from '../../components/NothingFound.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { ProblemAlert } from '../../components/ProblemAlert.tsx';
import { SearchBox } from '../../components/SearchBox.tsx';
import { isAnyTime } from '../../components/period.ts';
import { searchNote } from '../../components/searched.ts';
import { useRefusal } from '../../session/role.ts';
import { isNarrowed, type EventFilters } from './event-filters.ts';
import { eventListQuery } from './event-list.ts';
import { EventFilterFields } from './EventFilterFields.tsx';
import { EventActions } from './EventActions.tsx';
import { EventTable } from './EventTable.tsx';
import { useSelection } from './selection.ts';

const route = getRouteApi('/events');

/** The journal: every event that came, the newest first. */
export function EventsPage() {
  const filters = route.useSearch();
  const navigate = route.useNavigate();
  const { data, error, refetch, isPlaceholderData } = useQuery(eventListQuery(filters));
  const selection = useSelection(JSON.stringify({ ...filters, live: undefined }));
  const mayReplay = useRefusal('operator') === undefined;
  const change = (changed: EventFilters): void =>
    void navigate({ search: (before) => ({ ...before, cursor: undefined, ...changed }) });
  const reset = (): void => void navigate({ search: { live: filters.live } });
  return (
    <>
      <PageHeader
        title="Events"
        description="Events received from billing, and their results."
        actions={<SearchBox what="events" q={filters.q} lookup={filters.lookup} onSearch={change} onLookup={change} />}
      />
      <EventFilterFields filters={filters} onChange={change} onReset={reset} />
      <EventActions filters={filters} events={data?.items ?? []} selection={selection} onChange={change} />
      {error && <ProblemAlert title="Failed to load the events" problem={error} onRetry={() => void refetch()} />}
      {!error && (
        <EventTable
          events={data?.items}
          selection={mayReplay ? selection : undefined}
          isStale={isPlaceholderData}
          empty={
            isNarrowed(filters) ? (
              <NothingFound title="No events match your filters" onReset={reset}>
                {searchNote(filters, isAnyTime(filters))}
              </NothingFound>
            ) : (
              <NoEvents />
            )
          }
        />
      )}
      {data && !error && (
        <CursorPager
          cursor={filters.cursor}
          nextCursor={data.nextCursor}
          // Older pages do not refresh.
          onMove={(cursor) => change({ cursor, ...(cursor !== undefined && { live: undefined }) })}
        />
      )}
    </>
  );
}

function NoEvents() {
  return (
    <Empty
      title="No events yet"
      action={
        <PageButton to="/publish" variant="default" size="xs" mt="xs">
          Publish a sample event
        </PageButton>
      }
    >
      Billing publishes events to the RabbitMQ exchange billing.events. Each event appears here with its results.
    </Empty>
  );
}
