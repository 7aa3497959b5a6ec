import { Skeleton, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type SubmitEvent } from 'react';
import type { FailureResumePreviewView } from '#contracts/rest-api';
import { DialogFooter } from '../../../components/DialogFooter.tsx';
import { fieldErrorsOf } from '../../../components/field-errors.ts';
import { counted } from '../../../components/format-number.ts';
import { emptyOperation } from '../../../components/operation-draft.ts';
import { OperationFields } from '../../../components/OperationFields.tsx';
import { ProblemAlert } from '../../../components/ProblemAlert.tsx';
import { resumePreviewQuery, useResume } from './failure-changes.ts';
import type { FailureFormProps } from './form-props.ts';

/** Resumes failures: preview, canary, pace and note. */
export function ResumeForm({ target, onClose }: FailureFormProps) {
  const preview = useQuery(resumePreviewQuery(target));
  const [draft, setDraft] = useState(emptyOperation);
  const resume = useResume(target, () => onClose(true));
  const errors = fieldErrorsOf(resume.error);
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    resume.mutate(draft);
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        {preview.error && (
          <ProblemAlert
            title="Failed to count the failures"
            problem={preview.error}
            onRetry={() => void preview.refetch()}
          />
        )}
        {!preview.error && (preview.data ? <Preview counts={preview.data} /> : <Skeleton height={40} />)}
        <Text size="sm">
          Each event continues where it stopped, in the turn of its key. Only the failed handlers and the handlers that
          were skipped after them run. Execution IDs stay the same, so a target can recognise repeats.
        </Text>
        <OperationFields
          draft={draft}
          onChange={setDraft}
          first="events, the oldest failures,"
          unit="events"
          errors={errors ?? {}}
        />
        {resume.error && !errors && <ProblemAlert title="Failed to start the resume" problem={resume.error} />}
        <DialogFooter
          action={preview.data ? `Resume ${counted(preview.data.events, 'event')}` : 'Resume'}
          onCancel={() => onClose(false)}
          isReady={preview.data !== undefined && preview.data.events > 0}
          isPending={resume.isPending}
        />
      </Stack>
    </form>
  );
}

function Preview({ counts: { failures, events, keys, maybe } }: { counts: FailureResumePreviewView }) {
  if (events === 0) return <Text size="sm">No open failure is left to resume.</Text>;
  return (
    <Text size="sm" component="div">
      <strong>{counted(failures, 'failure')}</strong> of {counted(events, 'event')} and {counted(keys, 'key')}.{' '}
      {maybe === 0 ? (
        'No call is in doubt.'
      ) : (
        <strong>
          {counted(maybe, 'call')} may be made twice: {maybe === 1 ? 'it was' : 'they were'} sent, and no complete
          answer came.
        </strong>
      )}
    </Text>
  );
}
