import { Group, UnstyledButton } from '@mantine/core';
import { EventName } from '../../components/EventName.tsx';
import { CloseIcon } from '../../components/icons.tsx';
import classes from './FilterChips.module.css';
import type { HandlerFilters } from './handler-filters.ts';

interface Props {
  filters: HandlerFilters;
  onChange: (change: HandlerFilters) => void;
}

const names = { event: 'Event', type: 'Handler Type', status: 'Status' } as const;

/** The filters of Advanced Search in use; a click removes one. */
export function FilterChips({ filters, onChange }: Props) {
  const active = (['event', 'type', 'status'] as const).filter((name) => filters[name] !== undefined);
  if (active.length === 0) return null;
  return (
    <Group gap={6} mb="sm" aria-label="Filters in use" role="group">
      {active.map((name) => (
        <UnstyledButton
          key={name}
          className={classes.chip}
          aria-label={`${names[name]} ${filters[name]}: remove this filter`}
          onClick={() => onChange({ [name]: undefined })}
        >
          <span className={classes.name}>{names[name]}</span>{' '}
          {name === 'event' ? <EventName event={filters.event!} isInline /> : filters[name]}
          <CloseIcon size={12} />
        </UnstyledButton>
      ))}
    </Group>
  );
}
