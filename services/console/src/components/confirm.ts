import { createContext, use, type ReactNode } from 'react';

export interface Question {
  /** "Archive Create SIP account?" */
  title: string;
  /** What it affects, by name and number. */
  body: ReactNode;
  /** The verb on the button: "Archive". */
  action: string;
  /** It takes something away. */
  isDestructive?: boolean;
}

export type Confirm = (question: Question) => Promise<boolean>;

export const ConfirmContext = createContext<Confirm | null>(null);

/** Asks before something is done that others will notice; resolves with whether it is to be done. */
export function useConfirm(): Confirm {
  const confirm = use(ConfirmContext);
  if (!confirm) throw new Error('useConfirm stands outside ConfirmProvider');
  return confirm;
}
