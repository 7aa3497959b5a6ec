import { Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { FailureGroupView } from '#contracts/rest-api';
import { DataTable, type Column } from '../../components/DataTable.tsx';
import { formatNumber } from '../../components/format-number.ts';
import { PageLink } from '../../components/links.ts';
import { ProblemAlert } from '../../components/ProblemAlert.tsx';
import { attemptReason, reasonLabel } from '../../components/reasons.ts';
import { Time } from '../../components/Time.tsx';
import { Until } from '../../components/Until.tsx';
import type { FailureFilters } from './failure-filters.ts';
import { failureGroupsQuery } from './failure-list.ts';

interface Props {
  filters: FailureFilters;
}

/** Open failures by handler and reason, the largest group first; each links to its failures. */
export function FailureGroups({ filters }: Props) {
  const { data, error, refetch, isPlaceholderData } = useQuery(failureGroupsQuery(filters));
  if (error) return <ProblemAlert title="Failed to load the groups" problem={error} onRetry={() => void refetch()} />;
  // One group says what the list says, and none is said by the list.
  if (data && data.items.length < 2) return null;
  return (
    <section>
      <Title order={2} mb="xs">
        By handler and reason
      </Title>
      <DataTable
        label="Groups of failures"
        columns={columnsFor(filters)}
        rows={data?.items}
        rowKey={({ handlerId, reason }) => `${handlerId} ${reason}`}
        isStale={isPlaceholderData}
        empty={null}
      />
    </section>
  );
}

function columnsFor(filters: FailureFilters): readonly Column<FailureGroupView>[] {
  return [
    {
      title: 'Handler',
      cell: ({ handlerId, handlerName, reason }) => (
        <PageLink
          to="/failures"
          search={{ ...filters, cursor: undefined, handlerId, reason }}
          inherit
          fw={550}
          c="var(--accent-text)"
        >
          {handlerName ?? handlerId}
        </PageLink>
      ),
    },
    {
      title: 'Reason',
      cell: ({ reason }) => <span title={attemptReason(reason)?.meaning}>{reasonLabel(reason)}</span>,
    },
    { title: 'Open', cell: ({ open }) => formatNumber(open), align: 'end', width: '6rem' },
    { title: 'Keys', cell: ({ keys }) => formatNumber(keys), align: 'end', width: '6rem' },
    { title: 'Oldest', cell: ({ oldestAt }) => <Until at={oldestAt} />, width: '9rem' },
    { title: 'Newest', cell: ({ newestAt }) => <Time at={newestAt} />, width: '11rem', isSecondary: true },
  ];
}
