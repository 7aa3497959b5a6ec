import { Button, Group, Stack, TextInput } from '@mantine/core';
import { useState, type SubmitEvent } from 'react';
import { DialogFooter } from '../../../components/DialogFooter.tsx';
import { fieldErrorsOf } from '../../../components/field-errors.ts';
import { ProblemAlert } from '../../../components/ProblemAlert.tsx';
import { useSession } from '../../../session/session.ts';
import { useFailureChange } from './failure-changes.ts';
import type { FailureFormProps } from './form-props.ts';
import { TargetCount, useTargetCount } from './TargetCount.tsx';

/** Assigns failures to a person, or to no person. */
export function AssignForm({ target, onClose }: FailureFormProps) {
  const { name } = useSession();
  const current = target.kind === 'selected' && target.failures.length === 1 ? target.failures[0]!.assignee : null;
  const [assignee, setAssignee] = useState(current ?? '');
  const { count } = useTargetCount({ target });
  const change = useFailureChange(target, () => onClose(true));
  const errors = fieldErrorsOf(change.error);
  const wanted = assignee.trim();
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    change.mutate({ kind: 'assign', assignee: wanted === '' ? null : wanted });
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <TargetCount target={target} />
        <Group gap="xs" align="flex-end">
          <TextInput
            flex={1}
            label="Assignee"
            description="Empty: not assigned"
            value={assignee}
            maxLength={255}
            onChange={({ currentTarget }) => setAssignee(currentTarget.value)}
            error={errors?.assignee}
            data-autofocus
          />
          <Button variant="default" onClick={() => setAssignee(name)}>
            Assign to me
          </Button>
        </Group>
        {change.error && !errors && <ProblemAlert title="Failed to assign" problem={change.error} />}
        <DialogFooter
          action={wanted === '' ? 'Remove assignee' : 'Assign'}
          onCancel={() => onClose(false)}
          isReady={count !== undefined && count > 0}
          isPending={change.isPending}
        />
      </Stack>
    </form>
  );
}
