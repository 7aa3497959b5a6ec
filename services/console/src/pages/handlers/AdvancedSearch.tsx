import { Button, Group, NativeSelect, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { textIn, oneOfIn } from '../../app/search.ts';
import { EventTypeSelect } from '../../components/EventTypeSelect.tsx';
import { taskTypeChoices, taskTypes } from '../../components/task-types.ts';
import { statuses, type HandlerFilters } from './handler-filters.ts';

interface Props {
  filters: HandlerFilters;
  onSearch: (filters: HandlerFilters) => void;
}

/** Blank, as the original has it: what is enabled and what is disabled. */
const statusChoices = [
  { value: '', label: 'Enabled and disabled' },
  { value: 'enabled', label: 'Enabled' },
  { value: 'disabled', label: 'Disabled' },
  { value: 'archived', label: 'Archived' },
];

const blank = { event: undefined, type: undefined, status: undefined, q: undefined };

/** The form of the drop-down. */
export function AdvancedSearch({ filters, onSearch }: Props) {
  const { event = '', q = '' } = filters;
  const form = useForm<Record<keyof typeof blank, string>>({
    initialValues: { event, type: filters.type ?? '', status: filters.status ?? '', q },
  });
  const search = (values: typeof form.values): void =>
    onSearch({
      event: textIn(values.event),
      type: oneOfIn(taskTypes, values.type),
      status: oneOfIn(statuses, values.status),
      q: textIn(values.q),
    });
  return (
    <form onSubmit={form.onSubmit(search)}>
      <Stack gap="sm">
        <EventTypeSelect {...form.getInputProps('event')} />
        <NativeSelect label="Handler type" data={taskTypeChoices} {...form.getInputProps('type')} />
        <NativeSelect label="Status" data={statusChoices} {...form.getInputProps('status')} />
        <TextInput label="Text" description="In name, description, URL or path" {...form.getInputProps('q')} />
        <Group justify="flex-end" gap="xs" mt={4}>
          <Button variant="subtle" color="gray" onClick={() => onSearch(blank)}>
            Reset
          </Button>
          <Button type="submit">Search</Button>
        </Group>
      </Stack>
    </form>
  );
}
