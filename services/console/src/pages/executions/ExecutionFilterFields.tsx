import { NativeSelect } from '@mantine/core';
import { taskTypes } from '#contracts';
import { oneOfIn, textIn } from '../../app/search.ts';
import { EventTypeSelect } from '../../components/EventTypeSelect.tsx';
import { FilterFields } from '../../components/FilterFields.tsx';
import { FilterText } from '../../components/FilterText.tsx';
import { HandlerSelect } from '../../components/HandlerSelect.tsx';
import { PeriodFields } from '../../components/PeriodFields.tsx';
import { taskTypeChoices } from '../../components/task-types.tsx';
import { executionStatuses, isNarrowed, type ExecutionFilters } from './execution-filters.ts';

interface Props {
  filters: ExecutionFilters;
  onChange: (change: ExecutionFilters) => void;
  onReset: () => void;
}

const statusChoices = [
  { value: '', label: 'Any' },
  { value: 'succeeded', label: 'Succeeded' },
  { value: 'failed', label: 'Failed' },
  { value: 'waiting', label: 'Waiting' },
  { value: 'skipped', label: 'Skipped' },
];

export function ExecutionFilterFields({ filters, onChange, onReset }: Props) {
  return (
    <FilterFields label="Executions" onReset={isNarrowed(filters) ? onReset : undefined}>
      <EventTypeSelect
        value={filters.event}
        onChange={({ currentTarget }) => onChange({ event: textIn(currentTarget.value) })}
      />
      <NativeSelect
        label="Status"
        data={statusChoices}
        value={filters.status ?? ''}
        onChange={({ currentTarget }) => onChange({ status: oneOfIn(executionStatuses, currentTarget.value) })}
      />
      <HandlerSelect
        event={filters.event}
        value={filters.handlerId}
        onChange={(handlerId) => onChange({ handlerId })}
      />
      <NativeSelect
        label="Handler type"
        data={taskTypeChoices}
        value={filters.type ?? ''}
        onChange={({ currentTarget }) => onChange({ type: oneOfIn(taskTypes, currentTarget.value) })}
      />
      <FilterText label="Object ID" value={filters.objectId} onChange={(objectId) => onChange({ objectId })} />
      <PeriodFields period={filters} onChange={onChange} />
    </FilterFields>
  );
}
