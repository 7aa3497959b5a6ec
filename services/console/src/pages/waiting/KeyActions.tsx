import { Group, Stack } from '@mantine/core';
import type { DeferralView } from '#contracts/rest-api';
import { ActionButton } from '../../components/ActionButton.tsx';
import { EventName } from '../../components/EventName.tsx';
import { useConfirm, type Question } from '../../components/confirm.ts';
import { Time } from '../../components/Time.tsx';
import { lastErrorOf } from './last-error.ts';
import { useKeyAction, type KeyAction } from './waiting-list.ts';

/** Retry and skip; each first says what it does. */
export function KeyActions({ deferral }: { deferral: DeferralView }) {
  const confirm = useConfirm();
  const retry = useKeyAction('retry');
  const skip = useKeyAction('skip');
  const ask = async (action: KeyAction): Promise<void> => {
    if (!(await confirm(action === 'retry' ? retryQuestion(deferral) : skipQuestion(deferral)))) return;
    (action === 'retry' ? retry : skip).mutate(deferral);
  };
  return (
    <Group gap={6}>
      <ActionButton
        needs="operator"
        variant="default"
        size="compact-xs"
        aria-label={`Retry now: ${deferral.key}`}
        loading={retry.isPending}
        onClick={() => void ask('retry')}
      >
        Retry now
      </ActionButton>
      {/* An event that has not started has no execution to skip. */}
      {deferral.handlerId !== null && (
        <ActionButton
          needs="operator"
          variant="default"
          size="compact-xs"
          c="var(--tone-bad)"
          aria-label={`Skip…: ${deferral.handlerName ?? 'the handler'} for ${deferral.key}`}
          loading={skip.isPending}
          onClick={() => void ask('skip')}
        >
          Skip…
        </ActionButton>
      )}
    </Group>
  );
}

function retryQuestion({ event, handlerName, behind, detached, lastAttempt }: DeferralView): Question {
  return {
    title: handlerName === null ? 'Retry now?' : `Retry ${handlerName} now?`,
    body: (
      <Stack gap="xs">
        <div>
          {handlerName === null ? 'The event continues' : 'The handler is called'} for{' '}
          <EventName event={event.type} isInline />, object {event.objectId}, at once, even while its circuit breaker is
          open. {!detached && behind > 0 && `After a success, ${eventsBehind(behind)}. `}A failure counts as an attempt.
        </div>
        {lastAttempt && (
          <div>
            Last error, <Time at={lastAttempt.startedAt} />: {lastErrorOf(lastAttempt)}
          </div>
        )}
      </Stack>
    ),
    action: 'Retry now',
  };
}

function skipQuestion({ key, event, handlerName, handlerId, behind, detached }: DeferralView): Question {
  return {
    title: `Skip ${handlerName ?? 'this handler'}?`,
    body: (
      <>
        <strong>{handlerName ?? handlerId}</strong> is recorded as failed for <EventName event={event.type} isInline />,
        object {event.objectId} (event <span className="mono">{event.id}</span>), and is not retried.{' '}
        {!detached &&
          `If it stops on failure, later handlers of the event are skipped. ${
            behind > 0 ? `Then ${eventsBehind(behind)}.` : `Then the key ${key} continues.`
          }`}
      </>
    ),
    action: 'Skip',
    isDestructive: true,
  };
}

function eventsBehind(behind: number): string {
  return behind === 1 ? '1 later event of the key continues' : `${String(behind)} later events of the key continue`;
}
