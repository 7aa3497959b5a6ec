import { Stack, Text } from '@mantine/core';
import type { SubmitEvent } from 'react';
import { DialogFooter } from '../../../components/DialogFooter.tsx';
import { ProblemAlert } from '../../../components/ProblemAlert.tsx';
import { useFailureChange } from './failure-changes.ts';
import type { FailureFormProps } from './form-props.ts';
import { TargetCount, useTargetCount } from './TargetCount.tsx';

/** Opens failures again that a person settled. */
export function ReopenForm({ target, onClose }: FailureFormProps) {
  const { count } = useTargetCount({ target, state: 'settled' });
  const change = useFailureChange(target, () => onClose(true));
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    change.mutate({ kind: 'reopen' });
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <TargetCount target={target} state="settled" />
        <Text size="sm">
          The failures are open again, and their notes stay. Failures that succeeded later stay settled.
        </Text>
        {change.error && <ProblemAlert title="Failed to reopen" problem={change.error} />}
        <DialogFooter
          action="Reopen"
          onCancel={() => onClose(false)}
          isReady={count !== undefined && count > 0}
          isPending={change.isPending}
        />
      </Stack>
    </form>
  );
}
