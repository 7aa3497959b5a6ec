import { NativeSelect, Skeleton, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type SubmitEvent } from 'react';
import { holdLimits } from '#contracts';
import type { HoldForecastView, HoldView } from '#contracts/rest-api';
import { DialogFooter } from '../DialogFooter.tsx';
import { fieldErrorsOf } from '../field-errors.ts';
import { counted } from '../format-number.ts';
import { fieldOfMoment, momentOfField } from '../period.ts';
import { ProblemAlert } from '../ProblemAlert.tsx';
import { forecastQuery, useHold, type ForecastSpan, type HoldSubject } from './hold-calls.ts';

const hourMs = 3_600_000;
const ends = [
  { value: '1', label: 'in 1 hour' },
  { value: '2', label: 'in 2 hours' },
  { value: '4', label: 'in 4 hours' },
  { value: '8', label: 'in 8 hours' },
  { value: '24', label: 'in 24 hours' },
  { value: 'at', label: 'At a time…' },
  { value: '', label: 'When it is released' },
];

interface Props {
  subject: HoldSubject;
  /** The one to be changed. */
  hold: HoldView | null;
  onClose: () => void;
}

/** Asks why and until when, and shows what the hold will delay. */
export function HoldForm({ subject, hold: current, onClose }: Props) {
  const [reason, setReason] = useState(current?.reason ?? '');
  const [end, setEnd] = useState(endOf(current));
  const [at, setAt] = useState(current?.until ? fieldOfMoment(current.until) : '');
  // Counted from the choice, so that the forecast is not asked for with every key.
  const [chosenAt, setChosenAt] = useState(() => Date.now());
  const until = end === 'at' ? momentOfField(at) : end === '' ? undefined : isoIn(chosenAt + Number(end) * hourMs);
  const isComplete = reason.trim() !== '' && (end !== 'at' || until !== undefined);
  const forecast = useQuery({ ...forecastQuery(subject, until), enabled: end !== 'at' || until !== undefined });
  const hold = useHold(subject, onClose);
  const errors = fieldErrorsOf(hold.error);
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    hold.mutate({ reason: reason.trim(), until });
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <Text size="sm">
          {subject.type === 'target'
            ? 'No handler calls the target while it is held. '
            : 'The handler is not called while it is held. '}
          Events wait in order, no attempt is counted, and nothing is lost. Tests still run.
        </Text>
        <Textarea
          label="Reason"
          description="For other operators and the audit log"
          withAsterisk
          data-autofocus
          autosize
          minRows={1}
          maxRows={4}
          maxLength={holdLimits.reasonLength}
          value={reason}
          onChange={({ currentTarget }) => setReason(currentTarget.value)}
          error={errors?.reason}
        />
        <NativeSelect
          label="Ends"
          data={ends}
          value={end}
          onChange={({ currentTarget }) => {
            setChosenAt(Date.now());
            setEnd(currentTarget.value);
          }}
          error={end === 'at' ? undefined : errors?.until}
        />
        {end === 'at' && (
          <TextInput
            type="datetime-local"
            label="Until"
            max="9999-12-31T23:59"
            value={at}
            onChange={({ currentTarget }) => setAt(currentTarget.value)}
            error={errors?.until}
          />
        )}
        {forecast.error ? (
          <Text size="sm" c="dimmed">
            No forecast: {forecast.error.message}
          </Text>
        ) : (
          <Text size="sm" component="div" aria-live="polite">
            {forecast.data ? <Forecast {...forecast.data} /> : <Skeleton height={18} />}
          </Text>
        )}
        {hold.error && !errors && <ProblemAlert title="Failed to hold" problem={hold.error} />}
        <DialogFooter
          action={current === null ? 'Hold' : 'Apply'}
          onCancel={onClose}
          isReady={isComplete}
          isPending={hold.isPending}
        />
      </Stack>
    </form>
  );
}

const spans: Readonly<Record<ForecastSpan, string>> = { hold: '', day: ' a day', week: ' in the first week' };

function Forecast({ events, keys, weeks, span }: HoldForecastView & { span: ForecastSpan }) {
  if (weeks === 0) return 'No forecast yet: the journal is too young.';
  return (
    <>
      <strong>
        About {counted(events, 'event')} of {counted(keys, 'key')} will wait{spans[span]}
      </strong>
      , by the average of {counted(weeks, 'past week')}.
    </>
  );
}

/** The end that is chosen at first. */
function endOf(current: HoldView | null): string {
  if (current === null) return '2';
  return current.until === null ? '' : 'at';
}

function isoIn(time: number): string {
  return new Date(time).toISOString();
}
