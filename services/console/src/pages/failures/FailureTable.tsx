import type { ReactNode } from 'react';
import type { FailureView } from '#contracts/rest-api';
import { DataTable, type Column } from '../../components/DataTable.tsx';
import { EventName } from '../../components/EventName.tsx';
import { PageLink } from '../../components/links.ts';
import type { Selection } from '../../components/selection.ts';
import { selectColumn } from '../../components/SelectRows.tsx';
import { Time } from '../../components/Time.tsx';
import { Until } from '../../components/Until.tsx';
import { Consequences } from './Consequences.tsx';
import { FailureReason } from './FailureReason.tsx';
import { FailureState } from './FailureState.tsx';
import classes from './FailureTable.module.css';

interface Props {
  /** Undefined while they are read for the first time. */
  failures: readonly FailureView[] | undefined;
  /** Without it no row can be selected. */
  selection?: Selection<FailureView> | undefined;
  isStale: boolean;
  empty: ReactNode;
}

const columns: readonly Column<FailureView>[] = [
  {
    title: 'Failure',
    cell: (failure) => (
      <div className={classes.failure}>
        <PageLink
          to="/handlers/$handlerId"
          params={{ handlerId: failure.handlerId }}
          inherit
          fw={550}
          c="var(--accent-text)"
        >
          {failure.handlerName ?? failure.handlerId}
        </PageLink>
        <FailureReason failure={failure} />
        <Consequences failure={failure} />
      </div>
    ),
  },
  {
    title: 'Event',
    cell: ({ eventId, event, objectId, partitionKey }) => (
      <div className={classes.event}>
        <PageLink to="/events/$eventId" params={{ eventId }} inherit c="var(--accent-text)">
          <EventName event={event} />
        </PageLink>
        <div className={classes.small}>
          object <span className="mono">{objectId}</span>, key <span className="mono">{partitionKey}</span>
        </div>
      </div>
    ),
  },
  { title: 'Attempts', cell: ({ attempts }) => attempts, align: 'end', isSecondary: true },
  {
    title: 'Failed',
    cell: ({ failedAt }) => (
      <div>
        <Until at={failedAt} />
        <div className={classes.small}>
          <Time at={failedAt} />
        </div>
      </div>
    ),
    width: '9.5rem',
  },
  { title: 'State', cell: (failure) => <FailureState failure={failure} />, width: '12rem' },
];

/** Failures, one a row, with the facts that decide what to do. */
export function FailureTable({ failures, selection, isStale, empty }: Props) {
  return (
    <DataTable
      label="Failures"
      columns={selection ? [selectColumn(selection, nameOf), ...columns] : columns}
      rows={failures}
      rowKey={({ executionId }) => executionId}
      isStale={isStale}
      empty={empty}
    />
  );
}

function nameOf({ handlerName, handlerId, objectId, eventId }: FailureView): string {
  return `${handlerName ?? handlerId} for object ${String(objectId)}, event ${eventId}`;
}
