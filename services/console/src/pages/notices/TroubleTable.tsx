import type { OpenTroubleView } from '#contracts/rest-api';
import { DataTable, type Column } from '../../components/DataTable.tsx';
import { Empty } from '../../components/Empty.tsx';
import { formatNumber } from '../../components/format-number.ts';
import { Time } from '../../components/Time.tsx';
import { NoticeLink } from './NoticeLink.tsx';
import { whenOf } from './trouble-words.ts';

/** The troubles that go on. */
export function TroubleTable({ troubles }: { troubles: readonly OpenTroubleView[] | undefined }) {
  return (
    <DataTable
      label="Open troubles"
      columns={columns}
      rows={troubles}
      rowKey={({ type, subject }) => `${type} ${subject.type} ${subject.id}`}
      empty={<Empty title="No open troubles">Troubles that need a person appear here while they go on.</Empty>}
    />
  );
}

const columns: readonly Column<OpenTroubleView>[] = [
  { title: 'Since', cell: ({ since }) => <Time at={since} />, width: '11rem' },
  { title: 'Trouble', cell: ({ type }) => capitalized(whenOf(type)) },
  { title: 'Subject', cell: ({ subject, link }) => <NoticeLink link={link}>{subject.name}</NoticeLink> },
  { title: 'Count', cell: ({ count }) => formatNumber(count), align: 'end' },
  { title: 'Message', cell: ({ message }) => message, isSecondary: true },
  { title: 'Last notice', cell: ({ lastNoticeAt }) => <Time at={lastNoticeAt} />, isSecondary: true },
];

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
