import { UnstyledButton } from '@mantine/core';
import type { HandlerView } from '#contracts/rest-api';
import { Refused } from '../../components/Refused.tsx';
import { StatusBadge } from '../../components/StatusBadge.tsx';
import { useRefusal } from '../../session/role.ts';
import { useStatusToggle } from './handler-status.ts';
import classes from './StatusToggle.module.css';

/**
 * A handler's status; a click enables it, or disables it after a question. An archived one is restored on its own page.
 */
export function StatusToggle({ handler }: { handler: HandlerView }) {
  const { toggle, isPending } = useStatusToggle();
  const refusal = useRefusal('admin');
  if (handler.status === 'archived') return <StatusBadge status={handler.status} />;
  const isOn = handler.status === 'enabled';
  const isFree = refusal === undefined && !isPending;
  return (
    <Refused because={refusal}>
      <UnstyledButton
        className={classes.toggle}
        role="switch"
        title={refusal === undefined ? (isOn ? 'Click to disable' : 'Click to enable') : undefined}
        aria-checked={isOn}
        aria-label={`${handler.name} is enabled`}
        aria-disabled={!isFree || undefined}
        onClick={isFree ? () => void toggle(handler) : undefined}
      >
        <StatusBadge status={handler.status} />
      </UnstyledButton>
    </Refused>
  );
}
