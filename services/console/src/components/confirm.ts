import { createContext, use, type ReactNode } from 'react';

export interface Question {
  /** "Archive Create SIP account?" */
  title: string;
  /** What it affects, by name and number. */
  body: ReactNode;
  /** The verb on the button: "Archive". */
  action: string;
  /** The answer that changes nothing: "Keep it running". Without it: "Cancel". */
  keep?: string;
  /** It takes something away. */
  isDestructive?: boolean;
}

export type Confirm = (question: Question) => Promise<boolean>;

export const ConfirmContext = createContext<Confirm | null>(null);

/** Asks before an action that others notice; resolves with the answer. */
export function useConfirm(): Confirm {
  const confirm = use(ConfirmContext);
  if (!confirm) throw new Error('useConfirm stands outside ConfirmProvider');
  return confirm;
}
