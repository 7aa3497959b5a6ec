import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { AuditEntryView } from '#contracts/rest-api';
import { CursorPager } from '../../components/CursorPager.tsx';
import { DataTable, type Column } from '../../components/DataTable.tsx';
import { Empty } from '../../components/Empty.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { ProblemAlert } from '../../components/ProblemAlert.tsx';
import type { AuditFilters } from './audit-filters.ts';
import { auditQuery } from './audit.ts';
import { AuditSearch } from './AuditSearch.tsx';
import { entryColumns } from './entry-columns.tsx';
import { useHandlerDialog } from '../handlers/form/use-handler-dialog.tsx';
import { RestoreVersion } from './RestoreVersion.tsx';
import { Subject } from './Subject.tsx';

const route = getRouteApi('/audit');

const { date, who, action, change } = entryColumns;
const columns: readonly Column<AuditEntryView>[] = [
  date,
  who,
  action,
  { title: 'Subject', cell: ({ subject }) => <Subject subject={subject} /> },
  change,
];

/** Who did what. */
export function AuditPage() {
  const filters = route.useSearch();
  const navigate = route.useNavigate();
  const { data, error, refetch, isPlaceholderData } = useQuery(auditQuery(filters));
  const narrow = (change: AuditFilters): void =>
    void navigate({ search: { ...filters, cursor: undefined, ...change } });
  const { cursor, ...narrowing } = filters;
  const { open, dialog } = useHandlerDialog();
  const restore: Column<AuditEntryView> = {
    title: 'Version',
    cell: (entry) => <RestoreVersion entry={entry} onOpen={open} />,
    width: '9rem',
    isSecondary: true,
  };
  return (
    <>
      <PageHeader
        title="Audit"
        description="Who did what, when and from where. Entries cannot be changed; secrets show as ***."
      />
      <AuditSearch filters={filters} onChange={narrow} onReset={() => void navigate({ search: {} })} />
      {error && <ProblemAlert title="Failed to load the audit" problem={error} onRetry={() => void refetch()} />}
      {!error && (
        <DataTable
          label="Audit"
          columns={[...columns, restore]}
          rows={data?.items}
          rowKey={({ id }) => id}
          isStale={isPlaceholderData}
          empty={
            <Empty title="No entries match your filters">
              Enter whole names or ids. A handler is found by the name it had at the time.
            </Empty>
          }
        />
      )}
      <CursorPager
        key={JSON.stringify(narrowing)}
        cursor={cursor}
        nextCursor={data?.nextCursor}
        onMove={(wanted) => void navigate({ search: { ...filters, cursor: wanted } })}
      />
      {dialog}
    </>
  );
}
