import { NativeSelect } from '@mantine/core';
import { oneOfIn, textIn } from '../../app/search.ts';
import { EventTypeSelect } from '../../components/EventTypeSelect.tsx';
import { FilterFields } from '../../components/FilterFields.tsx';
import { FilterText } from '../../components/FilterText.tsx';
import { PeriodFields } from '../../components/PeriodFields.tsx';
import { eventStatuses, failureFilters, isNarrowed, type EventFilters } from './event-filters.ts';

interface Props {
  filters: EventFilters;
  onChange: (change: EventFilters) => void;
  onReset: () => void;
}

const statusChoices = [
  { value: '', label: 'Any' },
  { value: 'succeeded', label: 'Succeeded' },
  { value: 'failed', label: 'Failed' },
  { value: 'waiting', label: 'Waiting' },
  { value: 'duplicate', label: 'Duplicate' },
];

const failureChoices = [
  { value: '', label: 'Any result' },
  { value: 'true', label: 'Has a failed handler' },
  { value: 'false', label: 'No failed handler' },
];

export function EventFilterFields({ filters, onChange, onReset }: Props) {
  return (
    <FilterFields label="Events" onReset={isNarrowed(filters) ? onReset : undefined}>
      <EventTypeSelect
        value={filters.type}
        onChange={({ currentTarget }) => onChange({ type: textIn(currentTarget.value) })}
      />
      <NativeSelect
        label="Status"
        data={statusChoices}
        value={filters.status ?? ''}
        onChange={({ currentTarget }) => onChange({ status: oneOfIn(eventStatuses, currentTarget.value) })}
      />
      <NativeSelect
        label="Handlers"
        data={failureChoices}
        value={filters.hasFailures ?? ''}
        onChange={({ currentTarget }) => onChange({ hasFailures: oneOfIn(failureFilters, currentTarget.value) })}
      />
      <FilterText label="Object ID" value={filters.objectId} onChange={(objectId) => onChange({ objectId })} />
      <FilterText
        label="Partition key"
        value={filters.partitionKey}
        onChange={(partitionKey) => onChange({ partitionKey })}
      />
      <PeriodFields period={filters} onChange={onChange} />
    </FilterFields>
  );
}
