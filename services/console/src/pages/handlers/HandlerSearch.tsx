import { Box, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useState } from 'react';
import { SearchIcon } from '../../components/icons.tsx';
import { FilterChips } from './FilterChips.tsx';
import type { HandlerFilters } from './handler-filters.ts';

interface Props {
  filters: HandlerFilters;
  onChange: (change: HandlerFilters) => void;
}

/** Milliseconds after the last key before the search starts. */
const pause = 350;

/** Finds handlers by a text while one types. Shows the other filters in use, which Advanced Search sets. */
export function HandlerSearch({ filters, onChange }: Props) {
  const [text, setText] = useState(filters.q ?? '');
  const search = useDebouncedCallback((wanted: string) => onChange({ q: wanted.trim() || undefined }), pause);
  return (
    <>
      <Box mb="sm" role="search" aria-label="Handlers">
        <TextInput
          type="search"
          aria-label="Search in name, description, URL and path"
          placeholder="Search"
          leftSection={<SearchIcon size={16} />}
          maw={360}
          value={text}
          onChange={({ currentTarget: { value } }) => {
            setText(value);
            search(value);
          }}
        />
      </Box>
      <FilterChips filters={filters} onChange={onChange} />
    </>
  );
}
