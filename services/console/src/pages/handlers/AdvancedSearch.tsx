import { Badge, Button, Group, NativeSelect, Popover, Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useDisclosure } from '@mantine/hooks';
import { taskTypes } from '#contracts';
import { oneOfIn, textIn } from '../../app/search.ts';
import { EventTypeSelect } from '../../components/EventTypeSelect.tsx';
import { FilterIcon } from '../../components/icons.tsx';
import { taskTypeChoices } from '../../components/task-types.tsx';
import { statusChoices, statuses, type HandlerFilters } from './handler-filters.ts';

interface Props {
  filters: HandlerFilters;
  onSearch: (change: HandlerFilters) => void;
}

/** The search by event, handler type and status: a button that opens its form. */
export function AdvancedSearch({ filters, onSearch }: Props) {
  const [isOpen, { toggle, close }] = useDisclosure(false);
  const { event, type, status } = filters;
  const active = [event, type, status].filter((filter) => filter !== undefined).length;
  return (
    <Popover opened={isOpen} onDismiss={close} position="bottom-end" shadow="md" trapFocus width={340} returnFocus>
      <Popover.Target>
        <Button
          variant="default"
          leftSection={<FilterIcon size={16} />}
          rightSection={
            active > 0 ? (
              <Badge size="sm" circle aria-label={`${active} in use`}>
                {active}
              </Badge>
            ) : undefined
          }
          onClick={toggle}
        >
          Advanced Search
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <SearchForm
          filters={filters}
          onSearch={(change) => {
            close();
            onSearch(change);
          }}
        />
      </Popover.Dropdown>
    </Popover>
  );
}

const blank = { event: undefined, type: undefined, status: undefined };

function SearchForm({ filters, onSearch }: Props) {
  const { event = '', type = '', status = '' } = filters;
  const form = useForm<Record<keyof typeof blank, string>>({ initialValues: { event, type, status } });
  const search = (values: typeof form.values): void =>
    onSearch({
      event: textIn(values.event),
      type: oneOfIn(taskTypes, values.type),
      status: oneOfIn(statuses, values.status),
    });
  return (
    <form onSubmit={form.onSubmit(search)}>
      <Stack gap="sm">
        <EventTypeSelect {...form.getInputProps('event')} />
        <NativeSelect label="Handler Type" data={taskTypeChoices} {...form.getInputProps('type')} />
        <NativeSelect
          label="Status"
          data={[{ value: '', label: 'Enabled and disabled' }, ...statusChoices]}
          {...form.getInputProps('status')}
        />
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
