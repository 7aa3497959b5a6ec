import { Tooltip } from '@mantine/core';
import type { ReactNode } from 'react';
import type { DeferralView } from '#contracts/rest-api';
import { Clamped } from '../../components/Clamped.tsx';
import { DataTable, type Column } from '../../components/DataTable.tsx';
import { EventName } from '../../components/EventName.tsx';
import { Id } from '../../components/Id.tsx';
import { PageLink } from '../../components/links.ts';
import type { Selection } from '../../components/selection.ts';
import { selectColumn } from '../../components/SelectRows.tsx';
import { StatusBadge } from '../../components/StatusBadge.tsx';
import { Time } from '../../components/Time.tsx';
import { Until } from '../../components/Until.tsx';
import { deferralReasons, reasonLabel } from '../../components/reasons.ts';
import { KeyActions } from './KeyActions.tsx';
import { lastErrorOf } from './last-error.ts';
import classes from './WaitingPage.module.css';

interface Props {
  /** Without it no row can be selected. */
  selection?: Selection<DeferralView> | undefined;
  /** Undefined while they are read for the first time. */
  deferrals: readonly DeferralView[] | undefined;
  isStale: boolean;
  empty: ReactNode;
}

const columns: readonly Column<DeferralView>[] = [
  {
    title: 'Key',
    cell: ({ key, detached }) => (
      <div>
        {detached ? <Id id={key} /> : <Clamped text={key} />}
        {detached && <div className={classes.small}>detached</div>}
      </div>
    ),
  },
  {
    title: 'Reason',
    cell: ({ reason, lastAttempt }) => (
      <Tooltip label={lastAttempt ? lastErrorOf(lastAttempt) : deferralReasons[reason].meaning}>
        {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- for its tooltip */}
        <div className={classes.why} tabIndex={0}>
          {deferralReasons[reason].label}
          {lastAttempt?.reason && <div className={classes.small}>{reasonLabel(lastAttempt.reason)}</div>}
        </div>
      </Tooltip>
    ),
  },
  {
    title: 'Since',
    cell: ({ waitingSince }) => (
      <div>
        <Time at={waitingSince} />
        <div className={classes.small}>
          <Until at={waitingSince} />
        </div>
      </div>
    ),
    width: '10rem',
    isSecondary: true,
  },
  {
    title: 'Handler',
    cell: ({ handlerId, handlerName }) =>
      handlerId === null ? (
        <span className={classes.small}>not started</span>
      ) : (
        <PageLink to="/handlers/$handlerId" params={{ handlerId }} inherit c="var(--accent-text)">
          <Clamped text={handlerName ?? handlerId} />
        </PageLink>
      ),
  },
  {
    title: 'Event',
    cell: ({ event: { id, type, objectId } }) => (
      <div>
        <PageLink to="/events/$eventId" params={{ eventId: id }} inherit c="var(--accent-text)">
          <EventName event={type} />
        </PageLink>
        <div className={classes.small}>object {objectId}</div>
      </div>
    ),
  },
  { title: 'Attempts', cell: ({ attempts }) => attempts, align: 'end', isSecondary: true },
  { title: 'Next attempt', cell: (deferral) => <NextAttempt deferral={deferral} />, width: '10rem' },
  { title: 'Behind', cell: ({ behind }) => behind, align: 'end', isSecondary: true },
  { title: 'Actions', cell: (deferral) => <KeyActions deferral={deferral} />, width: '7rem' },
];

export function WaitingTable({ deferrals, selection, isStale, empty }: Props) {
  return (
    <DataTable
      label="Waiting keys"
      columns={selection ? [selectColumn(selection, ({ key }) => key), ...columns] : columns}
      rows={deferrals}
      rowKey={({ key }) => key}
      isStale={isStale}
      empty={empty}
    />
  );
}

function NextAttempt({ deferral: { running, dueAt } }: { deferral: DeferralView }) {
  if (running) return <StatusBadge status="running" />;
  return (
    <div>
      <Until at={dueAt} />
      <div className={classes.small}>
        <Time at={dueAt} />
      </div>
    </div>
  );
}
