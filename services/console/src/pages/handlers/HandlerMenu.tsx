import { ActionIcon, Menu } from '@mantine/core';
import type { HandlerView } from '#contracts/rest-api';
import { MoreIcon } from '../../components/icons.tsx';
import { useRefusal } from '../../session/role.ts';
import type { DialogSubject } from './form/save-handler.ts';
import { useArchiving } from './handler-status.ts';

interface Props {
  handler: HandlerView;
  onOpen: (subject: DialogSubject) => void;
}

/** What can be done with a handler of the list. */
export function HandlerMenu({ handler, onOpen }: Props) {
  const refusal = useRefusal('admin');
  const { archive, restore } = useArchiving();
  const disabled = refusal !== undefined;
  return (
    <Menu position="bottom-end" shadow="md" withinPortal>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={`Actions for ${handler.name}`}>
          <MoreIcon size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {disabled && <Menu.Label maw={220}>{refusal}</Menu.Label>}
        <Menu.Item disabled={disabled} onClick={() => onOpen({ kind: 'edit', handler })}>
          Edit…
        </Menu.Item>
        <Menu.Item disabled={disabled} onClick={() => onOpen({ kind: 'clone', handler })}>
          Clone…
        </Menu.Item>
        {handler.status === 'archived' ? (
          <Menu.Item disabled={disabled} onClick={() => restore(handler)}>
            Restore
          </Menu.Item>
        ) : (
          <Menu.Item disabled={disabled} onClick={() => void archive(handler)}>
            Archive…
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
