import { useQuery } from '@tanstack/react-query';
import type { AuditEntryView } from '#contracts/rest-api';
import { CursorPager } from '../../components/CursorPager.tsx';
import { DataTable, type Column } from '../../components/DataTable.tsx';
import { Empty } from '../../components/Empty.tsx';
import { ProblemAlert } from '../../components/ProblemAlert.tsx';
import { auditQuery } from '../audit/audit.ts';
import { entryColumns } from '../audit/entry-columns.tsx';
import { handlersKey } from '../handlers/handler-list.ts';

interface Props {
  handlerId: string;
  cursor: string | undefined;
  onMove: (cursor: string | undefined) => void;
}

const columns = Object.values<Column<AuditEntryView>>(entryColumns);

/** Who changed the handler, when, and what. */
export function AuditPanel({ handlerId, cursor, onMove }: Props) {
  const { data, error, refetch, isPlaceholderData } = useQuery(auditQuery({ subject: handlerId, cursor }, handlersKey));
  if (error) {
    return <ProblemAlert title="The audit trail could not be read" problem={error} onRetry={() => void refetch()} />;
  }
  return (
    <>
      <DataTable
        label="Audit trail"
        columns={columns}
        rows={data?.items}
        rowKey={({ id }) => id}
        isStale={isPlaceholderData}
        empty={<Empty title="Nothing was done to it">What is older than the audit is kept for is gone.</Empty>}
      />
      <CursorPager cursor={cursor} nextCursor={data?.nextCursor} onMove={onMove} />
    </>
  );
}
