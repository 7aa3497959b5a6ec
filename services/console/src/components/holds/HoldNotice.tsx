import { Alert, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { counted } from '../format-number.ts';
import { WaitingIcon } from '../icons.tsx';
import { PageLink } from '../links.ts';
import { Time } from '../Time.tsx';
import classes from './HoldNotice.module.css';
import { holdsQuery } from './holds-query.ts';
import type { HoldSubject } from './hold-calls.ts';

/** Says that something is held, by whom and until when, and what waits; nothing when it is not. */
export function HoldNotice({ type, id }: Pick<HoldSubject, 'type' | 'id'>) {
  const { data } = useQuery(holdsQuery);
  const held = data?.items.find(({ subject, state }) => state === 'held' && subject.type === type && subject.id === id);
  if (held === undefined) return null;
  const { until, reason, by, from, waiting } = held;
  const search = { reason: 'held', ...(type === 'handler' ? { handlerId: id } : { targetId: id }) };
  return (
    <Alert
      role="status"
      variant="outline"
      classNames={classes}
      icon={<WaitingIcon />}
      title={reason ?? 'Weekly window'}
    >
      <Text size="sm">
        Held since <Time at={from} />
        {until === null ? ', until it is released' : ', until '}
        {until !== null && <Time at={until} />}
        {by !== null && `, by ${by}`}.{' '}
        {waiting.events === 0 ? (
          'No event waits because of it.'
        ) : (
          <PageLink to="/waiting" search={search} inherit>
            {counted(waiting.events, 'event')} of {counted(waiting.keys, 'key')} wait
          </PageLink>
        )}
      </Text>
    </Alert>
  );
}
