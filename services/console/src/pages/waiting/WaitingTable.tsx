import { Tooltip } from '@mantine/core';
import type { ReactNode } from 'react';
import type { DeferralView } from '#contracts/rest-api';
import { DataTable, type Column } from '../../components/DataTable.tsx';
import { EventName } from '../../components/EventName.tsx';
import { Id } from '../../components/Id.tsx';
import { PageLink } from '../../components/links.ts';
import { StatusBadge } from '../../components/StatusBadge.tsx';
import { Time } from '../../components/Time.tsx';
import { Until } from '../../components/Until.tsx';
import { deferralReasons } from './deferral-reasons.ts';
import { KeyActions } from './KeyActions.tsx';
import classes from './WaitingPage.module.css';

interface Props {
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
        {detached ? <Id id={key} /> : <span className="mono">{key}</span>}
        {detached && <div className={classes.small}>on the side, holds nobody</div>}
      </div>
    ),
  },
  {
    title: 'Why',
    cell: ({ reason }) => (
      <Tooltip label={deferralReasons[reason].meaning}>
        {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- its meaning has to be reached by keyboard */}
        <span className={classes.why} tabIndex={0}>
          {deferralReasons[reason].label}
        </span>
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
  },
  {
    title: 'Handler',
    cell: ({ handlerId, handlerName }) =>
      handlerId === null ? (
        <span className={classes.small}>not begun</span>
      ) : (
        <PageLink to="/handlers/$handlerId" params={{ handlerId }} inherit c="var(--accent-text)">
          {handlerName ?? handlerId}
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
  { title: 'Attempts', cell: ({ attempts }) => attempts, align: 'end' },
  { title: 'Next attempt', cell: (deferral) => <NextAttempt deferral={deferral} />, width: '10rem' },
  { title: 'Behind', cell: ({ behind }) => behind, align: 'end' },
  { title: 'Actions', cell: (deferral) => <KeyActions deferral={deferral} />, width: '10rem' },
];

export function WaitingTable({ deferrals, isStale, empty }: Props) {
  return (
    <DataTable
      label="Keys that wait"
      columns={columns}
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
