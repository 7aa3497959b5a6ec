import { VisuallyHidden } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { formatNumber } from '../components/format-number.ts';
import { openFailuresQuery } from '../pages/failures/failure-list.ts';
import classes from './Navigation.module.css';

/** The number of open failures, beside the link to their page; nothing while there is none. */
export function OpenFailures() {
  const { data: open = 0 } = useQuery(openFailuresQuery());
  if (open === 0) return null;
  return (
    <span className={classes.count}>
      {formatNumber(open)}
      <VisuallyHidden> open</VisuallyHidden>
    </span>
  );
}
