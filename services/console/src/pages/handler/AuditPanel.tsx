import { useQuery } from '@tanstack/react-query';
import type { AuditEntryView, HandlerView } from '#contracts/rest-api';
import { CursorPager } from '../../components/CursorPager.tsx';
import { DataTable, type Column } from '../../components/DataTable.tsx';
import { Empty } from '../../components/Empty.tsx';
import { ProblemAlert } from '../../components/ProblemAlert.tsx';
import { auditQuery } from '../audit/audit.ts';
import { entryColumns } from '../audit/entry-columns.tsx';
import { RestoreVersion } from '../audit/RestoreVersion.tsx';
import type { DialogSubject } from '../handlers/form/save-handler.ts';
import { handlersKey } from '../handlers/handler-list.ts';

interface Props {
  handler: HandlerView;
  cursor: string | undefined;
  onMove: (cursor: string | undefined) => void;
  onOpen: (subject: DialogSubject) => void;
}

/** Who changed the handler, when, and what; each version can be restored. */
export function AuditPanel({ handler: { id }, cursor, onMove, onOpen }: Props) {
  const { data, error, refetch, isPlaceholderData } = useQuery(auditQuery({ subject: id, cursor }, handlersKey));
  if (error) {
    return <ProblemAlert title="Failed to load the audit trail" problem={error} onRetry={() => void refetch()} />;
  }
  const columns: readonly Column<AuditEntryView>[] = [
    ...Object.values<Column<AuditEntryView>>(entryColumns),
    { title: 'Version', cell: (entry) => <RestoreVersion entry={entry} onOpen={onOpen} />, width: '9rem' },
  ];
  return (
    <>
      <DataTable
        label="Audit trail"
        columns={columns}
        rows={data?.items}
        rowKey={({ id: entryId }) => entryId}
        isStale={isPlaceholderData}
        empty={<Empty title="No entries">Each change of this handler appears here.</Empty>}
      />
      <CursorPager cursor={cursor} nextCursor={data?.nextCursor} onMove={onMove} />
    </>
  );
}
