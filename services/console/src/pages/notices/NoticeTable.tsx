import type { NoticeView } from '#contracts/rest-api';
import { DataTable, type Column } from '../../components/DataTable.tsx';
import { Empty } from '../../components/Empty.tsx';
import { EventName } from '../../components/EventName.tsx';
import { formatNumber } from '../../components/format-number.ts';
import { PageLink } from '../../components/links.ts';
import { Time } from '../../components/Time.tsx';
import { NoticeLink } from './NoticeLink.tsx';
import { isEnd } from './trouble-words.ts';

interface Props {
  notices: readonly NoticeView[] | undefined;
  isStale: boolean;
}

/** The latest notices. Each is an event: its page says which handlers ran for it. */
export function NoticeTable({ notices, isStale }: Props) {
  return (
    <DataTable
      label="Notices"
      columns={columns}
      rows={notices}
      rowKey={({ id }) => id}
      isStale={isStale}
      empty={<Empty title="No notices">A notice appears here when a trouble begins, and when it is over.</Empty>}
    />
  );
}

const columns: readonly Column<NoticeView>[] = [
  {
    title: 'Date',
    cell: ({ id, at }) => (
      <PageLink to="/events/$eventId" params={{ eventId: id }} inherit>
        <Time at={at} />
      </PageLink>
    ),
    width: '11rem',
  },
  {
    title: 'Notice',
    cell: ({ type, lasting }) => (
      <>
        <EventName event={type} />
        {lasting !== null && !isEnd(type) && ` for ${lasting}`}
      </>
    ),
  },
  { title: 'Subject', cell: ({ subject, link }) => <NoticeLink link={link}>{subject.name}</NoticeLink> },
  { title: 'Count', cell: ({ count }) => formatNumber(count), align: 'end' },
  { title: 'Message', cell: ({ message }) => message, isSecondary: true },
];
