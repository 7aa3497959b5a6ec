import { Button, Group } from '@mantine/core';
import { useState } from 'react';

interface Props {
  /** Where the page that is shown begins; undefined for the newest. */
  cursor: string | undefined;
  /** Of the answer; null or undefined when nothing is older. */
  nextCursor: string | null | undefined;
  onMove: (cursor: string | undefined) => void;
}

/**
 * Moves through a list without end, newest first, a page at a time. The API gives a cursor for what is older; the way back to what is
 * newer is remembered here, and after a reload leads to the newest.
 */
export function CursorPager({ cursor, nextCursor, onMove }: Props) {
  const [trail, setTrail] = useState<readonly (string | undefined)[]>([]);
  const older = (): void => {
    setTrail([...trail, cursor]);
    onMove(nextCursor ?? undefined);
  };
  const newer = (): void => {
    setTrail(trail.slice(0, -1));
    onMove(trail.at(-1));
  };
  const newest = (): void => {
    setTrail([]);
    onMove(undefined);
  };
  const isNewest = cursor === undefined;
  if (isNewest && !nextCursor) return null;
  return (
    <Group component="nav" aria-label="Pages" justify="flex-end" gap="xs" mt="sm">
      <Button variant="subtle" size="xs" disabled={isNewest} onClick={newest}>
        Newest
      </Button>
      <Button variant="default" size="xs" disabled={isNewest} onClick={newer}>
        Newer
      </Button>
      <Button variant="default" size="xs" disabled={!nextCursor} onClick={older}>
        Older
      </Button>
    </Group>
  );
}
