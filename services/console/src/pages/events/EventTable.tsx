import { Checkbox } from '@mantine/core';
import type { ReactNode } from 'react';
import type { EventView } from '#contracts/rest-api';
import { Clamped } from '../../components/Clamped.tsx';
import { DataTable, type Column } from '../../components/DataTable.tsx';
import { Duration } from '../../components/Duration.tsx';
import { EventName } from '../../components/EventName.tsx';
import { Id } from '../../components/Id.tsx';
import { PageLink } from '../../components/links.ts';
import { StatusBadge } from '../../components/StatusBadge.tsx';
import { Time } from '../../components/Time.tsx';
import { RunNote } from './RunNote.tsx';
import { isReplayable, type Selection } from './selection.ts';

interface Props {
  label?: string;
  /** Undefined while they are read for the first time. */
  events: readonly EventView[] | undefined;
  /** Without it none can be chosen. */
  selection?: Selection | undefined;
  isStale: boolean;
  empty: ReactNode;
}

const columns: readonly Column<EventView>[] = [
  { title: 'ID', cell: ({ id }) => <Id id={id} />, width: '7.5rem', isSecondary: true },
  { title: 'Status', cell: (event) => <Status event={event} />, width: '8rem' },
  { title: 'Date', cell: ({ receivedAt }) => <Time at={receivedAt} />, width: '11rem' },
  {
    title: 'Event',
    cell: (event) => (
      <div>
        <PageLink to="/events/$eventId" params={{ eventId: event.id }} inherit c="var(--accent-text)">
          <EventName event={event.type} />
        </PageLink>
        <RunNote run={event} />
      </div>
    ),
  },
  { title: 'Object ID', cell: ({ objectId }) => <span className="mono">{objectId}</span> },
  { title: 'Key', cell: ({ partitionKey }) => <Clamped text={partitionKey} />, isSecondary: true },
  { title: 'Duration', cell: (event) => <Duration ms={durationOf(event)} />, align: 'end', width: '6rem' },
];

function Status({ event: { status, hasFailures } }: { event: EventView }) {
  return (
    <div>
      <StatusBadge status={status} />
      {hasFailures && status !== 'failed' && (
        <div>
          <StatusBadge status="has_failures" />
        </div>
      )}
    </div>
  );
}

/** Events, a row for each run: as it was received, by a replay, or a test. */
export function EventTable({ label = 'Events', events, selection, isStale, empty }: Props) {
  return (
    <DataTable
      label={label}
      columns={selection ? [selectionColumn(selection), ...columns] : columns}
      rows={events}
      rowKey={({ journalId }) => journalId}
      isStale={isStale}
      empty={empty}
    />
  );
}

function selectionColumn({ chosen, toggle }: Selection): Column<EventView> {
  return {
    title: 'Select',
    width: '3.5rem',
    cell: (event) =>
      isReplayable(event) ? (
        <Checkbox
          size="xs"
          aria-label={`Select ${event.type}, object ${event.objectId}, ${event.id}`}
          checked={chosen.has(event.id)}
          onChange={() => toggle(event)}
        />
      ) : (
        <span aria-label="cannot be replayed">–</span>
      ),
  };
}

/** From its arrival to the end of its last handler; null while it waits. */
function durationOf({ receivedAt, finishedAt }: EventView): number | null {
  return finishedAt === null ? null : Math.max(0, Date.parse(finishedAt) - Date.parse(receivedAt));
}
