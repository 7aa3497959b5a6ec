import type { FailureTarget } from '../failure-target.ts';

/** What each form of the dialog gets. */
export interface FailureFormProps {
  target: FailureTarget;
  onClose: (isDone: boolean) => void;
}
