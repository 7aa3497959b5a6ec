import { NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { oneOfIn, textIn } from '../../app/search.ts';
import { EventTypeSelect } from '../../components/EventTypeSelect.tsx';
import { FilterFields } from '../../components/FilterFields.tsx';
import { FilterText } from '../../components/FilterText.tsx';
import { HandlerSelect } from '../../components/HandlerSelect.tsx';
import { PeriodFields } from '../../components/PeriodFields.tsx';
import { reachedLabels } from '../../components/reached.ts';
import { reasonLabel } from '../../components/reasons.ts';
import { isNarrowed, reachedChoices, type FailureFilters } from './failure-filters.ts';
import { failureGroupsQuery } from './failure-list.ts';

interface Props {
  filters: FailureFilters;
  onChange: (change: FailureFilters) => void;
  onReset: () => void;
}

const states = [
  { value: '', label: 'Open' },
  { value: 'settled', label: 'Settled' },
];

const reached = [
  { value: '', label: 'Any' },
  ...reachedChoices.map((value) => ({ value, label: reachedLabels[value] })),
];

export function FailureFilterFields({ filters, onChange, onReset }: Props) {
  return (
    <FilterFields label="Failures" onReset={isNarrowed(filters) ? onReset : undefined}>
      <NativeSelect
        label="State"
        data={states}
        value={filters.state ?? ''}
        onChange={({ currentTarget }) => onChange({ state: oneOfIn(['settled'] as const, currentTarget.value) })}
      />
      <HandlerSelect value={filters.handlerId} onChange={(handlerId) => onChange({ handlerId })} />
      <EventTypeSelect
        value={filters.event}
        onChange={({ currentTarget }) => onChange({ event: textIn(currentTarget.value) })}
      />
      <ReasonSelect
        state={filters.state}
        handlerId={filters.handlerId}
        value={filters.reason}
        onChange={(reason) => onChange({ reason })}
      />
      <NativeSelect
        label="Reached"
        data={reached}
        value={filters.reached ?? ''}
        onChange={({ currentTarget }) => onChange({ reached: oneOfIn(reachedChoices, currentTarget.value) })}
      />
      <FilterText label="Assignee" value={filters.assignee} onChange={(assignee) => onChange({ assignee })} />
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

interface ReasonProps extends Pick<FailureFilters, 'state' | 'handlerId'> {
  value: string | undefined;
  onChange: (reason: string | undefined) => void;
}

/** Offers the reasons that failures have now. */
function ReasonSelect({ state, handlerId, value, onChange }: ReasonProps) {
  const { data } = useQuery(failureGroupsQuery({ state, handlerId }));
  const codes = new Set(data?.items.map(({ reason }) => reason));
  if (value !== undefined) codes.add(value);
  return (
    <NativeSelect
      label="Reason"
      data={[
        { value: '', label: 'Any' },
        ...[...codes].sort().map((code) => ({ value: code, label: reasonLabel(code) })),
      ]}
      value={value ?? ''}
      onChange={({ currentTarget }) => onChange(textIn(currentTarget.value))}
    />
  );
}
