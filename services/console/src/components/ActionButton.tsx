import { Button, type ButtonProps } from '@mantine/core';
import type { ReactNode } from 'react';
import { useRefusal, type Role } from '../session/role.ts';
import { Refused } from './Refused.tsx';

interface Props extends ButtonProps {
  /** The least role that may do it. */
  needs: Role;
  onClick: () => void;
  children: ReactNode;
}

/**
 * A button that needs a role. Without the role it is disabled, and says why: it keeps the focus, so that a keyboard
 * gets there too.
 */
export function ActionButton({ needs, onClick, children, c, ...props }: Props) {
  const refusal = useRefusal(needs);
  return (
    <Refused because={refusal}>
      <Button
        {...props}
        // A colour that warns would say that it can be pressed.
        c={refusal === undefined ? c : undefined}
        data-disabled={refusal !== undefined || undefined}
        aria-disabled={refusal !== undefined || undefined}
        onClick={refusal === undefined ? onClick : undefined}
      >
        {children}
      </Button>
    </Refused>
  );
}
