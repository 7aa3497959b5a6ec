import { Alert, Text } from '@mantine/core';
import type { EventDetailsView } from '#contracts/rest-api';
import { HandlerLink } from '../../components/HandlerLink.tsx';
import { WaitingIcon } from '../../components/icons.tsx';
import { PageLink } from '../../components/links.ts';
import { Time } from '../../components/Time.tsx';
import { Until } from '../../components/Until.tsx';
import { deferralReasons } from '../waiting/deferral-reasons.ts';
import classes from './WaitingNotice.module.css';

/** What an event waits for, now. */
export function WaitingNotice({ event: { waiting } }: { event: EventDetailsView }) {
  if (!waiting) return null;
  return (
    <Alert variant="outline" classNames={classes} icon={<WaitingIcon />} title="It waits">
      <Text size="sm">
        {waiting.ahead > 0 && `${aheadInWords(waiting.ahead)} of the key ${waiting.key} before it. Of the first: `}
        {deferralReasons[waiting.reason].meaning}
        {waiting.detached && ' It waits on the side, and holds nobody.'}
        {waiting.handlerId !== null && (
          <>
            {' '}
            The handler is <HandlerLink id={waiting.handlerId} underline="always" />.
          </>
        )}{' '}
        Next: <Until at={waiting.dueAt} />, <Time at={waiting.dueAt} />.{' '}
        <PageLink
          to="/waiting"
          search={waiting.handlerId === null ? {} : { handlerId: waiting.handlerId }}
          inherit
          underline="always"
        >
          All that waits{waiting.handlerId !== null && ' for it'}
        </PageLink>
      </Text>
    </Alert>
  );
}

function aheadInWords(ahead: number): string {
  return ahead === 1 ? 'There is one event' : `There are ${String(ahead)} events`;
}
