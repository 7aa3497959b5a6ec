import { Badge, Button, Group, Popover, TextInput } from '@mantine/core';
import { useDebouncedCallback, useDisclosure } from '@mantine/hooks';
import { useState } from 'react';
import { FilterIcon, SearchIcon } from '../../components/icons.tsx';
import { AdvancedSearch } from './AdvancedSearch.tsx';
import { FilterChips } from './FilterChips.tsx';
import type { HandlerFilters } from './handler-filters.ts';

interface Props {
  filters: HandlerFilters;
  onChange: (change: HandlerFilters) => void;
}

/** Milliseconds without a key pressed, after which is searched. */
const pause = 350;

/** Finds handlers: by a text at once, by everything else in a drop-down. */
export function HandlerSearch({ filters, onChange }: Props) {
  const [isOpen, { toggle, close }] = useDisclosure(false);
  const { event, type, status, q } = filters;
  const [text, setText] = useState(q ?? '');
  const search = useDebouncedCallback((wanted: string) => onChange({ q: wanted.trim() || undefined }), pause);
  const active = [event, type, status].filter((filter) => filter !== undefined).length;
  return (
    <>
      <Group gap="xs" mb="sm" role="search" aria-label="Handlers">
        <TextInput
          type="search"
          aria-label="Search in name, description, URL and path"
          placeholder="Search"
          leftSection={<SearchIcon size={16} />}
          flex="1 1 12rem"
          maw={360}
          value={text}
          onChange={({ currentTarget: { value } }) => {
            setText(value);
            search(value);
          }}
        />
        <Popover
          opened={isOpen}
          onDismiss={close}
          position="bottom-start"
          shadow="md"
          trapFocus
          width={340}
          returnFocus
        >
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
            <AdvancedSearch
              filters={filters}
              onSearch={(wanted) => {
                close();
                onChange(wanted);
              }}
            />
          </Popover.Dropdown>
        </Popover>
      </Group>
      <FilterChips filters={filters} onChange={onChange} />
    </>
  );
}
