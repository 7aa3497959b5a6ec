import { Alert, Text } from '@mantine/core';
import type { EventDetailsView } from '#contracts/rest-api';
import { HandlerLink } from '../../components/HandlerLink.tsx';
import { WaitingIcon } from '../../components/icons.tsx';
import { PageLink } from '../../components/links.ts';
import { Time } from '../../components/Time.tsx';
import { Until } from '../../components/Until.tsx';
import { deferralReasons } from '../../components/reasons.ts';
import classes from './WaitingNotice.module.css';

/** Why an event waits, and until when. */
export function WaitingNotice({ event: { waiting } }: { event: EventDetailsView }) {
  if (!waiting) return null;
  return (
    <Alert variant="outline" classNames={classes} icon={<WaitingIcon />} title="Waiting">
      <Text size="sm">
        {waiting.ahead > 0 && `${aheadInWords(waiting.ahead)} of the key ${waiting.key} must end first. `}
        {deferralReasons[waiting.reason].meaning}
        {waiting.detached && ' It is detached: other handlers and events continue.'}
        {waiting.handlerId !== null && (
          <>
            {' '}
            Handler: <HandlerLink id={waiting.handlerId} underline="always" />.
          </>
        )}{' '}
        Next attempt: <Until at={waiting.dueAt} />, <Time at={waiting.dueAt} />.{' '}
        <PageLink
          to="/waiting"
          search={waiting.handlerId === null ? {} : { handlerId: waiting.handlerId }}
          inherit
          underline="always"
        >
          {waiting.handlerId === null ? 'All waiting keys' : 'All keys that wait for this handler'}
        </PageLink>
      </Text>
    </Alert>
  );
}

function aheadInWords(ahead: number): string {
  return ahead === 1 ? '1 earlier event' : `${String(ahead)} earlier events`;
}
