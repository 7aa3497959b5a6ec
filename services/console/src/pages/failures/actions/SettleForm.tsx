import { Radio, Stack, Textarea } from '@mantine/core';
import { useState, type SubmitEvent } from 'react';
import { DialogFooter } from '../../../components/DialogFooter.tsx';
import { fieldErrorsOf } from '../../../components/field-errors.ts';
import { ProblemAlert } from '../../../components/ProblemAlert.tsx';
import { useFailureChange, type Settlement } from './failure-changes.ts';
import type { FailureFormProps } from './form-props.ts';
import { TargetCount, useTargetCount } from './TargetCount.tsx';

/** Settles failures without a call: done by hand, or ignored. */
export function SettleForm({ target, onClose }: FailureFormProps) {
  const [as, setAs] = useState<Settlement>('done_by_hand');
  const [note, setNote] = useState('');
  const { count } = useTargetCount({ target });
  const change = useFailureChange(target, () => onClose(true));
  const errors = fieldErrorsOf(change.error);
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    change.mutate({ kind: 'settle', as, note });
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <TargetCount target={target} />
        <Radio.Group label="Result" value={as} onChange={(value) => setAs(value)}>
          <Stack gap="xs" mt={6}>
            <Radio value="done_by_hand" label="Done by hand" description="A person did the work of the handler." />
            <Radio value="ignored" label="Ignore" description="The work is not needed." />
          </Stack>
        </Radio.Group>
        <Textarea
          label="Note"
          description="For other operators and the audit log"
          autosize
          minRows={2}
          maxRows={6}
          maxLength={1_000}
          value={note}
          onChange={({ currentTarget }) => setNote(currentTarget.value)}
          error={errors?.note}
        />
        {change.error && !errors && <ProblemAlert title="Failed to settle" problem={change.error} />}
        <DialogFooter
          action="Settle"
          onCancel={() => onClose(false)}
          isReady={count !== undefined && count > 0}
          isPending={change.isPending}
        />
      </Stack>
    </form>
  );
}
