import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { AuditEntryView } from '../../api/generated/schema.d.ts';
import { CursorPager } from '../../components/CursorPager.tsx';
import { DataTable, type Column } from '../../components/DataTable.tsx';
import { Empty } from '../../components/Empty.tsx';
import { FieldChanges } from '../../components/FieldChanges.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { ProblemAlert } from '../../components/ProblemAlert.tsx';
import { Time } from '../../components/Time.tsx';
import { actions } from './actions.ts';
import type { AuditFilters } from './audit-filters.ts';
import { auditQuery } from './audit.ts';
import { AuditSearch } from './AuditSearch.tsx';
import { Subject } from './Subject.tsx';

const route = getRouteApi('/audit');

const actorWords: Readonly<Record<AuditEntryView['actor']['kind'], string>> = {
  api_key: 'with a key',
  session: 'in the console',
  oidc: 'with a token',
};

const columns: readonly Column<AuditEntryView>[] = [
  { title: 'Date', cell: ({ at }) => <Time at={at} />, width: '10.5rem' },
  {
    title: 'Who',
    cell: ({ actor: { name, id, kind }, address }) => (
      <div>
        <Text span size="sm" fw={550} title={id}>
          {name}
        </Text>
        <Text size="xs" c="dimmed">
          {actorWords[kind]}, {address}
        </Text>
      </div>
    ),
  },
  { title: 'Action', cell: ({ action }) => <span title={action}>{actions[action].words}</span> },
  { title: 'On what', cell: ({ subject }) => <Subject subject={subject} /> },
  { title: 'Change', cell: ({ before, after }) => <FieldChanges before={before} after={after} /> },
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
