import { Anchor, NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import type { RejectedMessageView } from '../../api/generated/schema.d.ts';
import { CursorPager } from '../../components/CursorPager.tsx';
import { DataTable, type Column } from '../../components/DataTable.tsx';
import { Empty } from '../../components/Empty.tsx';
import { FilterFields } from '../../components/FilterFields.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { ProblemAlert } from '../../components/ProblemAlert.tsx';
import { Time } from '../../components/Time.tsx';
import { formatBytes, visibleText } from './raw-bytes.ts';
import { reasons, type Reason } from './reasons.ts';
import { rejectedQuery } from './rejected.ts';
import { RejectedDetails } from './RejectedDetails.tsx';

const route = getRouteApi('/rejected');

/** Messages that were no events. */
export function RejectedPage() {
  const filters = route.useSearch();
  const navigate = route.useNavigate();
  const { data, error, refetch, isPlaceholderData } = useQuery(rejectedQuery(filters));
  const [looked, setLooked] = useState<RejectedMessageView>();
  const clear = (): void => void navigate({ search: {} });
  return (
    <>
      <PageHeader
        title="Rejected"
        description="Messages of billing that could not be read as events. They were not run, and are kept as they came."
      />
      <FilterFields label="Rejected messages" onReset={filters.reason && clear}>
        <NativeSelect
          label="Reason"
          value={filters.reason ?? ''}
          onChange={({ currentTarget: { value } }) =>
            void navigate({ search: { reason: value === '' ? undefined : (value as Reason) } })
          }
          data={[{ value: '', label: 'Any' }, ...Object.entries(reasons).map(([value, label]) => ({ value, label }))]}
        />
      </FilterFields>
      {error && (
        <ProblemAlert title="The rejected messages could not be read" problem={error} onRetry={() => void refetch()} />
      )}
      {!error && (
        <DataTable
          label="Rejected messages"
          columns={columnsWith(setLooked)}
          rows={data?.items}
          rowKey={({ id }) => id}
          isStale={isPlaceholderData}
          empty={
            <Empty title={filters.reason ? 'None was rejected for this reason' : 'No message was rejected'}>
              What billing publishes is listed here when it is no event that can be read.
            </Empty>
          }
        />
      )}
      <CursorPager
        key={filters.reason}
        cursor={filters.cursor}
        nextCursor={data?.nextCursor}
        onMove={(cursor) => void navigate({ search: { ...filters, cursor } })}
      />
      <RejectedDetails message={looked} onClose={() => setLooked(undefined)} />
    </>
  );
}

function columnsWith(look: (message: RejectedMessageView) => void): readonly Column<RejectedMessageView>[] {
  return [
    {
      title: 'Date',
      cell: (message) => (
        <Anchor component="button" type="button" inherit onClick={() => look(message)} ta="start">
          <Time at={message.rejectedAt} />
        </Anchor>
      ),
      width: '11rem',
    },
    { title: 'Reason', cell: ({ reason }) => reasons[reason] },
    { title: 'What is wrong', cell: ({ message }) => visibleText(message) },
    { title: 'Routing key', cell: ({ routingKey }) => <span className="mono">{visibleText(routingKey)}</span> },
    { title: 'Size', cell: ({ size }) => formatBytes(size), align: 'end' },
  ];
}
