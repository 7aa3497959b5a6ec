import { Tooltip } from '@mantine/core';
import type { ReactElement } from 'react';

interface Props {
  /** Undefined: it may be done. */
  because: string | undefined;
  /** What takes the focus, so that a keyboard gets to the reason too. */
  children: ReactElement;
}

/** Says of what may not be done why. A tooltip costs more than a button, and in a long list there is one in every row: whoever may, has none. */
export function Refused({ because, children }: Props) {
  return because === undefined ? children : <Tooltip label={because}>{children}</Tooltip>;
}
