import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './FilterFields.module.css';

interface Props {
  /** What they narrow. */
  label: string;
  /** Undefined while nothing is narrowed. */
  onReset: (() => void) | undefined;
  children: ReactNode;
}

/** The fields that narrow a list, side by side. */
export function FilterFields({ label, onReset, children }: Props) {
  return (
    <div className={classes.fields} role="search" aria-label={label}>
      {children}
      {onReset && (
        <Button variant="subtle" color="gray" justify="flex-start" px="xs" onClick={onReset}>
          Clear filters
        </Button>
      )}
    </div>
  );
}
