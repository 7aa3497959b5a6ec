import type { HandlerView } from '#contracts/rest-api';
import { useConfirm } from '../../components/confirm.ts';
import { EventName } from '../../components/EventName.tsx';

/** Asks whether to archive a handler, and names what that ends. */
export function useArchiveQuestion(): (handler: HandlerView) => Promise<boolean> {
  const confirm = useConfirm();
  return ({ name, event }) =>
    confirm({
      title: `Archive ${name}?`,
      body: (
        <>
          It no longer runs for <EventName event={event} isInline />, and its waiting executions are given up. Its log
          stays, and you can restore it.
        </>
      ),
      action: 'Archive',
      isDestructive: true,
    });
}
