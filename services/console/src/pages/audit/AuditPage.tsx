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
import { Subject } from './Subject.tsx';

const route = getRouteApi('/audit');

const { date, who, action, change } = entryColumns;
const columns: readonly Column<AuditEntryView>[] = [
  date,
  who,
  action,
  { title: 'On what', cell: ({ subject }) => <Subject subject={subject} /> },
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
  return (
    <>
      <PageHeader
        title="Audit"
        description="Who did what, when and from where. Nothing of it can be changed or taken away here; secrets are shown as ***."
      />
      <AuditSearch filters={filters} onChange={narrow} onReset={() => void navigate({ search: {} })} />
      {error && <ProblemAlert title="The audit could not be read" problem={error} onRetry={() => void refetch()} />}
      {!error && (
        <DataTable
          label="Audit"
          columns={columns}
          rows={data?.items}
          rowKey={({ id }) => id}
          isStale={isPlaceholderData}
          empty={
            <Empty title="Nothing is written down like that">
              Names and ids have to be given as a whole; a handler is found by the name that it had then.
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
    </>
  );
}
