import { Skeleton, Stack, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState, type SubmitEvent } from 'react';
import { DialogFooter } from '../../../components/DialogFooter.tsx';
import { fieldErrorsOf } from '../../../components/field-errors.ts';
import { counted } from '../../../components/format-number.ts';
import { HandlerLink } from '../../../components/HandlerLink.tsx';
import { emptyOperation } from '../../../components/operation-draft.ts';
import { OperationFields } from '../../../components/OperationFields.tsx';
import { ProblemAlert } from '../../../components/ProblemAlert.tsx';
import { waitReasonLabel } from '../../../components/reasons.ts';
import type { KeyAction } from '../waiting-list.ts';
import { bulkPreviewQuery, useBulkAction } from './bulk-actions.ts';
import { bulkFilter, type BulkTarget } from './bulk-target.ts';

interface Props {
  action: KeyAction;
  target: BulkTarget;
  onClose: (isDone: boolean) => void;
}

const effects: Readonly<Record<KeyAction, string>> = {
  retry:
    'The next attempt of each key is due at once, the longest waiting key first. Later events of a key follow after ' +
    'a success. A failure counts as an attempt.',
  skip:
    'The execution that each key waits for is recorded as failed, and is not retried. Then the key continues. Keys ' +
    'whose event has not started have no execution to skip, and stay.',
};

/** Milliseconds without a key pressed, after which the keys are counted again. */
const pause = 350;

/** Retries or skips waiting keys: age, preview, canary, pace and note. */
export function BulkForm({ action, target, onClose }: Props) {
  const [age, setAge] = useState('');
  const [countedAge] = useDebouncedValue(age, pause);
  const [draft, setDraft] = useState(emptyOperation);
  const preview = useQuery(bulkPreviewQuery(bulkFilter(target, countedAge)));
  const bulk = useBulkAction(action, () => onClose(true));
  const errors = { ...fieldErrorsOf(preview.error), ...fieldErrorsOf(bulk.error) };
  const ageError = errors['filter.waitingLongerThan'];
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    bulk.mutate({ filter: bulkFilter(target, age), draft });
  };
  const verb = action === 'retry' ? 'Retry' : 'Skip';
  const isCounted = preview.data !== undefined && age === countedAge && !preview.isPlaceholderData && !preview.error;
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <Scope target={target} />
        {target.kind === 'filter' && (
          <TextInput
            label="Waiting longer than"
            description="A duration such as 10m, 2h or 1d. Empty: any"
            value={age}
            onChange={({ currentTarget }) => setAge(currentTarget.value)}
            error={ageError}
            spellCheck={false}
          />
        )}
        {preview.error && ageError === undefined && (
          <ProblemAlert
            title="Failed to count the keys"
            problem={preview.error}
            onRetry={() => void preview.refetch()}
          />
        )}
        {!preview.error && (
          <Text size="sm" component="div" aria-live="polite">
            {preview.data ? (
              <strong>
                {counted(preview.data.keys, 'key')} with {counted(preview.data.events, 'waiting event')}.
              </strong>
            ) : (
              <Skeleton height={18} />
            )}
          </Text>
        )}
        <Text size="sm">{effects[action]}</Text>
        <OperationFields
          draft={draft}
          onChange={setDraft}
          first="keys that have waited longest"
          unit="keys"
          errors={errors}
        />
        {bulk.error && fieldErrorsOf(bulk.error) === undefined && (
          <ProblemAlert title={`Failed to ${action}`} problem={bulk.error} />
        )}
        <DialogFooter
          action={isCounted ? `${verb} ${counted(preview.data.keys, 'key')}` : verb}
          onCancel={() => onClose(false)}
          isReady={isCounted && preview.data.keys > 0}
          isPending={bulk.isPending}
          isDestructive={action === 'skip'}
        />
      </Stack>
    </form>
  );
}

/** The filters of the list, in words. */
function Scope({ target }: { target: BulkTarget }) {
  if (target.kind === 'selected') return null;
  const { handlerId, reason } = target.filters;
  return (
    <Text size="sm" component="div">
      {handlerId === undefined ? (
        'Handler: any'
      ) : (
        <>
          Handler: <HandlerLink id={handlerId} underline="always" />
        </>
      )}
      . Reason: {reason === undefined ? 'any' : waitReasonLabel(reason)}.
    </Text>
  );
}
