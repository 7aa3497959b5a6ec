import { Tooltip } from '@mantine/core';
import type { ReactElement } from 'react';

interface Props {
  /** Undefined: it may be done. */
  because: string | undefined;
  /** What takes the focus, so that a keyboard gets to the reason too. */
  children: ReactElement;
}

/** Says why an action is not allowed. A tooltip costs more than a button, so a user who is allowed gets none. */
export function Refused({ because, children }: Props) {
  return because === undefined ? children : <Tooltip label={because}>{children}</Tooltip>;
}
