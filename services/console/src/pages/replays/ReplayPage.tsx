import { Group, Skeleton, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { ReplayView } from '#contracts/rest-api';
import { Empty } from '../../components/Empty.tsx';
import { Facts } from '../../components/Facts.tsx';
import { HandlerLink } from '../../components/HandlerLink.tsx';
import { Id } from '../../components/Id.tsx';
import { PageLink } from '../../components/links.ts';
import { PageHeader } from '../../components/PageHeader.tsx';
import { ProblemAlert } from '../../components/ProblemAlert.tsx';
import { StatusBadge } from '../../components/StatusBadge.tsx';
import { Time } from '../../components/Time.tsx';
import { EventTable } from '../events/EventTable.tsx';
import { isUnderWay, replayQuery, sentEventsQuery } from './replay-list.ts';
import { ReplayCancel } from './ReplayCancel.tsx';
import { ReplayProgress } from './ReplayProgress.tsx';
import { ReplaySubject } from './ReplaySubject.tsx';

const route = getRouteApi('/replays/$replayId');

/** One replay: what it is about, how far it is, and what has become of its events. */
export function ReplayPage() {
  const { replayId } = route.useParams();
  const { data: replay, error, refetch } = useQuery(replayQuery(replayId));
  return (
    <>
      <PageHeader
        title="Replay"
        description={
          replay && (
            <>
              Of <ReplaySubject replay={replay} />.
            </>
          )
        }
        actions={replay && <ReplayCancel replay={replay} />}
      />
      {error && <ProblemAlert title="Failed to load the replay" problem={error} onRetry={() => void refetch()} />}
      {!error && !replay && <Skeleton height={120} />}
      {replay && !error && (
        <Stack gap="lg">
          <ReplayProgress replay={replay} />
          <ReplayFacts replay={replay} />
          <SentEvents replay={replay} />
        </Stack>
      )}
    </>
  );
}

function ReplayFacts({ replay }: { replay: ReplayView }) {
  return (
    <Facts
      facts={{
        Status: <StatusBadge status={replay.status} />,
        ID: <Id id={replay.id} />,
        Event: replay.eventId !== null && (
          <PageLink to="/events/$eventId" params={{ eventId: replay.eventId }} inherit className="mono">
            {replay.eventId}
          </PageLink>
        ),
        Handlers: replay.handlerIds === null ? 'All enabled handlers' : <Handlers ids={replay.handlerIds} />,
        Requested: <Time at={replay.createdAt} />,
        Started: <Time at={replay.startedAt} />,
        Finished: replay.cancelledAt === null && <Time at={replay.finishedAt} />,
        Cancelled: replay.cancelledAt !== null && <Time at={replay.cancelledAt} />,
      }}
    />
  );
}

function Handlers({ ids }: { ids: readonly string[] }) {
  return (
    <Group gap="xs">
      {ids.slice(0, 10).map((id) => (
        <HandlerLink key={id} id={id} />
      ))}
      {ids.length > 10 && <Text size="sm">and {ids.length - 10} more</Text>}
    </Group>
  );
}

function SentEvents({ replay }: { replay: ReplayView }) {
  const { data, error, refetch } = useQuery(sentEventsQuery(replay));
  return (
    <section>
      <Group justify="space-between" mb="xs">
        <Title order={2}>Replayed events</Title>
        {data?.nextCursor && (
          <PageLink to="/events" search={{ replayId: replay.id }} size="sm">
            All replayed events
          </PageLink>
        )}
      </Group>
      {error ? (
        <ProblemAlert title="Failed to load the events" problem={error} onRetry={() => void refetch()} />
      ) : (
        <EventTable
          label="Events of the replay"
          events={data?.items}
          isStale={false}
          empty={
            <Empty title={isUnderWay(replay) ? 'No events yet' : 'No events'}>
              Events appear here as they are sent.
            </Empty>
          }
        />
      )}
    </section>
  );
}
