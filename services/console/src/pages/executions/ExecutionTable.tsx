import type { ReactNode } from 'react';
import { taskTraits } from '#contracts';
import type { ExecutionView } from '#contracts/rest-api';
import { Clamped } from '../../components/Clamped.tsx';
import { DataTable, type Column } from '../../components/DataTable.tsx';
import { Duration } from '../../components/Duration.tsx';
import { EventName } from '../../components/EventName.tsx';
import { Id } from '../../components/Id.tsx';
import { PageLink } from '../../components/links.ts';
import { StatusBadge } from '../../components/StatusBadge.tsx';
import { Time } from '../../components/Time.tsx';
import { RunNote } from '../events/RunNote.tsx';
import classes from './ExecutionTable.module.css';

interface Props {
  /** Undefined while they are read for the first time. */
  executions: readonly ExecutionView[] | undefined;
  isStale: boolean;
  empty: ReactNode;
}

const columns: readonly Column<ExecutionView>[] = [
  { title: 'ID', cell: ({ id }) => <Id id={id} />, width: '7.5rem', isSecondary: true },
  { title: 'Status', cell: (execution) => <Status execution={execution} />, width: '8rem' },
  { title: 'Date', cell: ({ date }) => <Time at={date} />, width: '11rem' },
  {
    title: 'Event',
    cell: ({ event, eventId, ...run }) => (
      <div>
        <PageLink to="/events/$eventId" params={{ eventId }} inherit c="var(--accent-text)">
          <EventName event={event} />
        </PageLink>
        <RunNote run={run} />
      </div>
    ),
    width: '13rem',
  },
  { title: 'Handler', cell: (execution) => <Handler execution={execution} /> },
  { title: 'Object ID', cell: ({ objectId }) => <span className="mono">{objectId}</span>, isSecondary: true },
  {
    title: 'Response',
    cell: ({ response }) => (
      <div className={`mono ${classes.response}`} title={response}>
        {response === '' ? '–' : response}
      </div>
    ),
  },
  {
    title: 'Duration',
    cell: ({ durationMs }) => <Duration ms={durationMs} />,
    align: 'end',
    width: '6rem',
    isSecondary: true,
  },
];

/** The execution log: a row for each execution, as its latest attempt left it. */
export function ExecutionTable({ executions, isStale, empty }: Props) {
  return (
    <DataTable
      label="Executions"
      columns={columns}
      rows={executions}
      rowKey={({ id }) => id}
      isStale={isStale}
      empty={empty}
    />
  );
}

function Status({ execution: { status, attempts } }: { execution: ExecutionView }) {
  return (
    <div>
      <StatusBadge status={status} />
      {attempts > 1 && <div className={classes.type}>{attempts} attempts</div>}
    </div>
  );
}

function Handler({ execution: { handlerId, handlerName, type } }: { execution: ExecutionView }) {
  return (
    <span className={classes.handler}>
      <PageLink to="/handlers/$handlerId" params={{ handlerId }} inherit c="var(--accent-text)">
        <Clamped text={handlerName ?? handlerId} />
      </PageLink>
      <span className={classes.type}>{taskTraits[type].label}</span>
    </span>
  );
}
