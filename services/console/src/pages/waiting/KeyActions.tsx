import { Group } from '@mantine/core';
import type { DeferralView } from '#contracts/rest-api';
import { ActionButton } from '../../components/ActionButton.tsx';
import { EventName } from '../../components/EventName.tsx';
import { useConfirm, type Question } from '../../components/confirm.ts';
import { useKeyAction, type KeyAction } from './waiting-list.ts';

/** Retry now and skip; each says first what it does to whom. */
export function KeyActions({ deferral }: { deferral: DeferralView }) {
  const confirm = useConfirm();
  const retry = useKeyAction('retry');
  const skip = useKeyAction('skip');
  const ask = async (action: KeyAction): Promise<void> => {
    if (!(await confirm(action === 'retry' ? retryQuestion(deferral) : skipQuestion(deferral)))) return;
    (action === 'retry' ? retry : skip).mutate(deferral);
  };
  return (
    <Group gap={6} wrap="nowrap">
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
      {/* What has not begun has no execution that could be given up. */}
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

function retryQuestion({ event, handlerName, behind, detached }: DeferralView): Question {
  return {
    title: 'Try it now?',
    body: (
      <>
        {handlerName === null ? 'The event' : `${handlerName} is called for the event`}{' '}
        <EventName event={event.type} isInline /> of {event.objectId} {handlerName === null && 'goes on '}at once,
        whatever its circuit says. {!detached && behind > 0 && `When it succeeds, ${eventsBehind(behind)} its key. `}
        When it fails, that is one attempt more, and it waits anew.
      </>
    ),
    action: 'Retry now',
  };
}

function skipQuestion({ key, event, handlerName, handlerId, behind, detached }: DeferralView): Question {
  return {
    title: `Skip ${handlerName ?? 'this handler'}?`,
    body: (
      <>
        The execution of <strong>{handlerName ?? handlerId}</strong> for <EventName event={event.type} isInline /> of{' '}
        {event.objectId} (event <span className="mono">{event.id}</span>) is given up, as though its attempts were used
        up: it is recorded as failed and is not tried again.{' '}
        {!detached &&
          `If the handler stops others on failure, the event's later handlers are skipped. Then ${
            behind > 0 ? `${eventsBehind(behind)} the key ${key}` : `the key ${key} goes on`
          }.`}
      </>
    ),
    action: 'Skip',
    isDestructive: true,
  };
}

function eventsBehind(behind: number): string {
  return behind === 1 ? 'one more event follows of' : `${String(behind)} more events follow of`;
}
