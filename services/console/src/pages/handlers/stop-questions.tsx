import { useQueryClient } from '@tanstack/react-query';
import type { HandlerView } from '#contracts/rest-api';
import { useConfirm } from '../../components/confirm.ts';
import { EventName } from '../../components/EventName.tsx';
import { waitingForHandlerQuery } from '../waiting/waiting-list.ts';

type Ask = (handler: HandlerView) => Promise<boolean>;

/** Asks before a handler stops running: names the event, and how many executions wait for the handler. */
export function useStopQuestions(): { disable: Ask; archive: Ask } {
  const confirm = useConfirm();
  const client = useQueryClient();
  /** Undefined when they cannot be counted: the question is still asked. */
  const waitingFor = ({ id }: HandlerView): Promise<number | undefined> =>
    client.query(waitingForHandlerQuery(id)).then(
      ({ keys }) => keys,
      () => undefined,
    );
  const disable: Ask = async (handler) => {
    const waiting = await waitingFor(handler);
    return confirm({
      title: `Disable ${handler.name}?`,
      body: (
        <>
          It stops running for <EventName event={handler.event} isInline /> at once. {waitingInWords(waiting)} Later
          events record that it was skipped.
        </>
      ),
      action: 'Disable',
      isDestructive: true,
    });
  };
  const archive: Ask = async (handler) => {
    const waiting = await waitingFor(handler);
    return confirm({
      title: `Archive ${handler.name}?`,
      body: (
        <>
          It stops running for <EventName event={handler.event} isInline />. {waitingInWords(waiting)} Its log stays,
          and you can restore it.
        </>
      ),
      action: 'Archive',
      isDestructive: true,
    });
  };
  return { disable, archive };
}

function waitingInWords(waiting: number | undefined): string {
  if (waiting === undefined) return 'Executions that wait for it are skipped.';
  if (waiting === 0) return 'No execution waits for it.';
  return waiting === 1
    ? '1 execution waits for it and is skipped.'
    : `${waiting} executions wait for it and are skipped.`;
}
