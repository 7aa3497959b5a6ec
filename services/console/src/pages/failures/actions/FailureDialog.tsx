import { Modal } from '@mantine/core';
import { useState } from 'react';
import { targetInWords, type FailureTarget } from '../failure-target.ts';
import { AssignForm } from './AssignForm.tsx';
import { ReopenForm } from './ReopenForm.tsx';
import { ResumeForm } from './ResumeForm.tsx';
import { SettleForm } from './SettleForm.tsx';

/** What an operator can do about failures. */
export type FailureAction = 'resume' | 'settle' | 'assign' | 'reopen';

export interface AskedAction {
  readonly action: FailureAction;
  readonly target: FailureTarget;
}

interface Props {
  /** Undefined while the dialog is closed. */
  asked: AskedAction | undefined;
  onClose: (isDone: boolean) => void;
}

const verbs: Readonly<Record<FailureAction, string>> = {
  resume: 'Resume',
  settle: 'Settle',
  assign: 'Assign',
  reopen: 'Reopen',
};

const forms = { resume: ResumeForm, settle: SettleForm, assign: AssignForm, reopen: ReopenForm } as const;

/** Asks for the details of an action on failures, and starts it. */
export function FailureDialog({ asked, onClose }: Props) {
  // The last question stays while the dialog fades.
  const [shown, setShown] = useState(asked);
  if (asked !== undefined && asked !== shown) setShown(asked);
  const Form = forms[shown?.action ?? 'resume'];
  return (
    <Modal
      opened={asked !== undefined}
      onClose={() => onClose(false)}
      title={shown && `${verbs[shown.action]} ${targetInWords(shown.target)}`}
      size="lg"
      centered
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {shown && <Form target={shown.target} onClose={onClose} />}
    </Modal>
  );
}
