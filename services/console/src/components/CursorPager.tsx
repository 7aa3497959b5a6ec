import { Button, Group } from '@mantine/core';
import { useState } from 'react';

interface Props {
  /** Where the page that is shown begins; undefined for the first. */
  cursor: string | undefined;
  /** Of the answer; null or undefined when nothing follows. */
  nextCursor: string | null | undefined;
  onMove: (cursor: string | undefined) => void;
  order?: keyof typeof words;
}

const words = {
  'newest first': { first: 'Newest', back: 'Newer', on: 'Older' },
  'oldest first': { first: 'Oldest', back: 'Older', on: 'Newer' },
};

/**
 * Moves through a list without end, a page at a time. The API gives a cursor for what follows; the way back is
 * remembered here, and after a reload leads to the beginning.
 */
export function CursorPager({ cursor, nextCursor, onMove, order = 'newest first' }: Props) {
  const [trail, setTrail] = useState<readonly (string | undefined)[]>([]);
  const on = (): void => {
    setTrail([...trail, cursor]);
    onMove(nextCursor ?? undefined);
  };
  const back = (): void => {
    setTrail(trail.slice(0, -1));
    onMove(trail.at(-1));
  };
  const first = (): void => {
    setTrail([]);
    onMove(undefined);
  };
  const isFirst = cursor === undefined;
  if (isFirst && !nextCursor) return null;
  return (
    <Group component="nav" aria-label="Pages" justify="flex-end" gap="xs" mt="sm">
      <Button variant="subtle" size="xs" disabled={isFirst} onClick={first}>
        {words[order].first}
      </Button>
      <Button variant="default" size="xs" disabled={isFirst} onClick={back}>
        {words[order].back}
      </Button>
      <Button variant="default" size="xs" disabled={!nextCursor} onClick={on}>
        {words[order].on}
      </Button>
    </Group>
  );
}
