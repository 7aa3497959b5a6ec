import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { Empty } from './Empty.tsx';

interface Props {
  /** "No events match your filters". */
  title: string;
  /** What the filters do not show. */
  children?: ReactNode;
  onReset: () => void;
}

/** What stands in place of a list from which the filters leave everything out. */
export function NothingFound({ title, children, onReset }: Props) {
  return (
    <Empty
      title={title}
      action={
        <Button variant="default" size="xs" mt="xs" onClick={onReset}>
          Clear filters
        </Button>
      }
    >
      {children}
    </Empty>
  );
}
