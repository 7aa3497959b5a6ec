import type { HandlerView } from '#contracts/rest-api';
import { ActionButton } from '../../components/ActionButton.tsx';
import { HoldButton } from '../../components/holds/HoldButton.tsx';
import type { DialogSubject } from '../handlers/form/save-handler.ts';
import { useArchiving, useStatusToggle } from '../handlers/handler-status.ts';
import { ExtractTarget } from './ExtractTarget.tsx';

interface Props {
  handler: HandlerView;
  onOpen: (subject: DialogSubject) => void;
}

/** What can be done with the handler as a whole. */
export function HandlerActions({ handler, onOpen }: Props) {
  const { toggle, isPending } = useStatusToggle();
  const { archive, restore, isPending: isArchiving } = useArchiving();
  const isArchived = handler.status === 'archived';
  const quiet = { needs: 'admin', variant: 'default' } as const;
  return (
    <>
      {isArchived ? (
        <ActionButton {...quiet} loading={isArchiving} onClick={() => restore(handler)}>
          Restore
        </ActionButton>
      ) : (
        <>
          <HoldButton subject={{ type: 'handler', id: handler.id, name: handler.name }} hold={handler.hold} />
          {handler.task.type === 'http' && handler.task.url !== undefined && <ExtractTarget handler={handler} />}
          <ActionButton {...quiet} loading={isArchiving} onClick={() => void archive(handler)}>
            Archive…
          </ActionButton>
          <ActionButton {...quiet} loading={isPending} onClick={() => void toggle(handler)}>
            {handler.status === 'enabled' ? 'Disable…' : 'Enable'}
          </ActionButton>
        </>
      )}
      <ActionButton {...quiet} onClick={() => onOpen({ kind: 'clone', handler })}>
        Clone
      </ActionButton>
      <ActionButton needs="admin" onClick={() => onOpen({ kind: 'edit', handler })}>
        Edit
      </ActionButton>
    </>
  );
}
