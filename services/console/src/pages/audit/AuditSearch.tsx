import { NativeSelect } from '@mantine/core';
import { FilterFields } from '../../components/FilterFields.tsx';
import { FilterText } from '../../components/FilterText.tsx';
import { isAnyTime } from '../../components/period.ts';
import { PeriodFields } from '../../components/PeriodFields.tsx';
import { actionChoices } from './actions.ts';
import { configuration, type AuditFilters } from './audit-filters.ts';

interface Props {
  filters: AuditFilters;
  onChange: (change: AuditFilters) => void;
  onReset: () => void;
}

/** Narrows the audit. */
export function AuditSearch({ filters, onChange, onReset }: Props) {
  const { actor, action, subject } = filters;
  const isNarrowed = !isAnyTime(filters) || [actor, action, subject].some((filter) => filter !== undefined);
  return (
    <FilterFields label="Audit" onReset={isNarrowed ? onReset : undefined}>
      <FilterText
        label="Who"
        placeholder="Name or id"
        value={actor}
        onChange={(wanted) => onChange({ actor: wanted })}
      />
      <NativeSelect
        label="Action"
        value={action ?? ''}
        onChange={({ currentTarget: { value } }) =>
          onChange({ action: value === '' ? undefined : (value as AuditFilters['action']) })
        }
        data={[
          { value: '', label: 'Any' },
          { value: configuration, label: 'Configuration changes only' },
          ...actionChoices,
        ]}
      />
      <FilterText
        label="Subject"
        placeholder="Name or id"
        value={subject}
        onChange={(wanted) => onChange({ subject: wanted })}
      />
      <PeriodFields period={filters} onChange={onChange} />
    </FilterFields>
  );
}
