import { Box, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import type { TargetView } from '#contracts/rest-api';
import { ActionButton } from '../../components/ActionButton.tsx';
import { Clamped } from '../../components/Clamped.tsx';
import { DataTable, type Column } from '../../components/DataTable.tsx';
import { Empty } from '../../components/Empty.tsx';
import { PlusIcon, SearchIcon } from '../../components/icons.tsx';
import { PageLink } from '../../components/links.ts';
import { NothingFound } from '../../components/NothingFound.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { Pager } from '../../components/Pager.tsx';
import { ProblemAlert } from '../../components/ProblemAlert.tsx';
import { sortingBy } from '../../components/SortButton.tsx';
import { StatusBadge } from '../../components/StatusBadge.tsx';
import { useTargetDialog } from './form/use-target-dialog.tsx';
import { sorts, type TargetFilters } from './target-filters.ts';
import { targetListQuery } from './target-list.ts';
import { authInWords, limitsInWords } from './target-words.ts';

const route = getRouteApi('/targets');

/** Milliseconds after the last key before the search starts. */
const pause = 350;

const columns: readonly Column<TargetView>[] = [
  {
    title: 'Name',
    cell: ({ id, name }) => (
      <PageLink to="/targets/$targetId" params={{ targetId: id }} inherit fw={550} c="var(--accent-text)">
        <Clamped text={name} />
      </PageLink>
    ),
    sortKey: 'name',
  },
  {
    title: 'Base URL',
    cell: ({ baseUrl }) => (
      <span className="mono">
        <Clamped text={baseUrl} />
      </span>
    ),
    sortKey: 'baseUrl',
  },
  { title: 'Authentication', cell: ({ auth }) => authInWords(auth), isSecondary: true },
  { title: 'Limits', cell: limitsInWords, isSecondary: true },
  { title: 'Handlers', cell: ({ handlerCount }) => handlerCount, align: 'end' },
  { title: 'Hold', cell: ({ hold }) => (hold === null ? 'None' : <StatusBadge status="held" />) },
];

/** The list of targets. */
export function TargetsPage() {
  const filters = route.useSearch();
  const navigate = route.useNavigate();
  const { data, error, refetch, isPlaceholderData } = useQuery(targetListQuery(filters));
  const { open, dialog } = useTargetDialog(({ id }, isNew) => {
    if (isNew) void navigate({ to: '/targets/$targetId', params: { targetId: id } });
  });
  const narrow = (change: TargetFilters): void => void navigate({ search: { ...filters, page: undefined, ...change } });
  const create = (): void => open(undefined);
  return (
    <>
      <PageHeader
        title="Targets"
        description="HTTP systems that handlers call. Address, credentials, limits and holds are set once for all of them."
        actions={
          <ActionButton needs="admin" leftSection={<PlusIcon size={16} />} onClick={create}>
            New Target
          </ActionButton>
        }
      />
      <Search key={filters.q} q={filters.q} onChange={(q) => narrow({ q })} />
      {error && <ProblemAlert title="Failed to load the targets" problem={error} onRetry={() => void refetch()} />}
      {!error && (
        <DataTable
          label="Targets"
          columns={columns}
          rows={data?.items}
          rowKey={({ id }) => id}
          sorting={sortingBy(filters.sort ?? 'name', (wanted) =>
            narrow({ sort: sorts.find((known) => known === wanted) }),
          )}
          isStale={isPlaceholderData}
          empty={
            filters.q === undefined ? (
              <NoTargets onCreate={create} />
            ) : (
              <NothingFound title="No targets match your search" onReset={() => void navigate({ search: {} })} />
            )
          }
        />
      )}
      {data && !error && (
        <Pager
          {...data}
          onPage={(page) => void navigate({ search: { ...filters, page: page > 1 ? page : undefined } })}
        />
      )}
      {dialog}
    </>
  );
}

function Search({ q, onChange }: { q: string | undefined; onChange: (q: string | undefined) => void }) {
  const [text, setText] = useState(q ?? '');
  const search = useDebouncedCallback((wanted: string) => onChange(wanted.trim() || undefined), pause);
  return (
    <Box mb="sm" role="search" aria-label="Targets">
      <TextInput
        type="search"
        aria-label="Search in name, description and base URL"
        placeholder="Search"
        leftSection={<SearchIcon size={16} />}
        maw={360}
        value={text}
        onChange={({ currentTarget: { value } }) => {
          setText(value);
          search(value);
        }}
      />
    </Box>
  );
}

function NoTargets({ onCreate }: { onCreate: () => void }) {
  return (
    <Empty
      title="No targets yet"
      action={
        <ActionButton needs="admin" variant="default" size="xs" mt="xs" onClick={onCreate}>
          New Target
        </ActionButton>
      }
    >
      A target is an HTTP system that several handlers call. Create one here, or make one of the URL of a handler on its
      page.
    </Empty>
  );
}
