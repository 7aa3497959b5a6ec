import { Checkbox, NativeSelect, NumberInput, Radio, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { lazy, Suspense, type ComponentType } from 'react';
import {
  eventFormats,
  handlerFields,
  isNotice,
  retryLimits,
  taskTraits,
  type FailurePolicy,
  type HandlerField,
} from '#contracts';
import { Fold } from '../../../components/Fold.tsx';
import { windowInWords } from '../../../components/holds/hold-words.ts';
import { WindowFields } from '../../../components/holds/WindowFields.tsx';
import { eventFormatNames } from './event-formats.ts';
import { useHandlerFormContext } from './form-context.ts';
import { waitsIn } from './form-fields.ts';
import type { HandlerFormValues } from './form-values.ts';
import { failurePolicies } from './failure-policies.ts';
import { retryTimes } from './retry-times.ts';

/** Most handlers have neither. */
const OutcomeFields = lazy(async () => ({ default: (await import('./OutcomeFields.tsx')).OutcomeFields }));
const KeepFields = lazy(async () => ({ default: (await import('./KeepFields.tsx')).KeepFields }));

interface DetailProps {
  isNew: boolean;
  /** Of a handler that is there. */
  handlerId?: string | undefined;
}

/** A setting that most handlers leave as it is, below its summary. */
interface Detail {
  title: string;
  summary: (values: HandlerFormValues) => string | undefined;
  Input: ComponentType<DetailProps>;
  /** Further fields that are changed here. */
  with?: readonly HandlerField[];
}

/** The fields that the form shows above the details. */
type FieldInSight = 'name' | 'event' | 'task' | 'status' | 'priority';

/** All others, in the order in which they are shown. */
const details: Readonly<Record<Exclude<HandlerField, FieldInSight>, Detail | 'with another'>> = {
  condition: {
    title: 'Condition',
    summary: ({ condition, lasting }) => {
      const text = firstLine(condition) ?? 'none: runs for every event';
      return lasting.trim() === '' ? text : `${text}, after ${lasting}`;
    },
    Input: ConditionInputs,
    with: ['lasting'],
  },
  lasting: 'with another',
  retry: {
    title: 'Retries',
    summary: ({ retry, timeoutMs }) =>
      `${retry.maxAttempts} attempts, ${timeoutMs === '' ? 'default timeout' : `timeout ${timeoutMs}`}`,
    Input: RetryInputs,
    with: ['timeoutMs'],
  },
  timeoutMs: 'with another',
  onFailure: {
    title: 'On failure',
    summary: ({ onFailure }) => failurePolicies[onFailure].name,
    Input: FailureInput,
  },
  maxConcurrency: {
    title: 'Concurrency',
    summary: ({ maxConcurrency }) => `${maxConcurrency} calls per executor`,
    Input: ConcurrencyInput,
  },
  format: {
    title: 'Format',
    summary: ({ format }) => eventFormatNames[format],
    Input: FormatInput,
  },
  outcomes: {
    title: 'Outcomes',
    summary: ({ outcomes }) => (outcomes.length === 0 ? 'by status or exit code' : countOf(outcomes.length, 'rule')),
    Input: OutcomeFields,
  },
  keep: {
    title: 'Kept values',
    summary: ({ keep }) => (keep.length === 0 ? 'none' : keep.map(({ name }) => name).join(', ')),
    Input: KeepFields,
  },
  windows: {
    title: 'Holds',
    summary: ({ windows }) => (windows.length === 0 ? 'no weekly window' : windows.map(windowInWords).join('; ')),
    Input: HoldInputs,
    with: ['releasePerSecond'],
  },
  releasePerSecond: 'with another',
  description: {
    title: 'Description',
    summary: ({ description }) => firstLine(description) ?? 'none',
    Input: DescriptionInput,
  },
};

/** Settings that most handlers leave as they are: folded, with a summary. */
export function DetailFields({ isNew, handlerId }: DetailProps) {
  const { values, errors } = useHandlerFormContext();
  const hasError = (field: string): boolean =>
    Object.keys(errors).some((path) => path === field || path.startsWith(`${field}.`));
  return (
    <div>
      {Object.entries(details).map(([field, detail]) => {
        if (detail === 'with another') return null;
        const { title, summary, Input, with: others = [] } = detail;
        return (
          <Fold key={field} title={title} summary={summary(values)} isForced={[field, ...others].some(hasError)}>
            <Suspense>
              <Input isNew={isNew} handlerId={handlerId} />
            </Suspense>
          </Fold>
        );
      })}
      {taskTraits[values.task.type].isSignable && (
        <Fold title="Signing" summary={values.isSigned ? 'with a new secret' : undefined}>
          <SigningInput isNew={isNew} />
        </Fold>
      )}
    </div>
  );
}

function countOf(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

function firstLine(text: string): string | undefined {
  return text.trim() === '' ? undefined : text.trim().split('\n')[0];
}

function ConditionInputs() {
  const form = useHandlerFormContext();
  const { event, lasting } = form.values;
  return (
    <Stack gap="sm">
      <ConditionInput />
      {(isNotice(event) || lasting !== '') && (
        <TextInput
          label="Lasting"
          description="The handler runs when the trouble has lasted this long, and for its end then"
          placeholder="5m; empty: at once"
          maw={320}
          {...form.getInputProps('lasting')}
        />
      )}
    </Stack>
  );
}

function ConditionInput() {
  const form = useHandlerFormContext();
  return (
    <Textarea
      label="CEL expression"
      description={'The handler runs when it is true. It reads event, data, previous and changed("field")'}
      placeholder={handlerFields.condition.example}
      autosize
      minRows={2}
      maxRows={12}
      maxLength={handlerFields.condition.length.max}
      spellCheck={false}
      classNames={{ input: 'mono' }}
      {...form.getInputProps('condition')}
    />
  );
}

function RetryInputs({ isNew }: { isNew: boolean }) {
  const form = useHandlerFormContext();
  const { maxAttempts, schedule } = form.values.retry;
  return (
    <Stack gap="sm">
      <TextInput
        label="Attempt timeout"
        description="500ms, 10s or 2m, from connect to the end of the answer"
        placeholder={isNew ? 'Default of the registry' : undefined}
        maw={320}
        {...form.getInputProps('timeoutMs')}
      />
      <NumberInput
        label="Maximum attempts"
        description="Including the first one"
        allowDecimal={false}
        clampBehavior="none"
        w={220}
        {...retryLimits.maxAttempts}
        {...form.getInputProps('retry.maxAttempts')}
      />
      <TextInput
        label="Retry delays"
        description="Separated by commas; the last one repeats"
        classNames={{ input: 'mono' }}
        {...form.getInputProps('retry.schedule')}
      />
      <Text size="sm" c="dimmed" aria-live="polite">
        {retryTimes(Number(maxAttempts), waitsIn(schedule)) ?? 'The retry times appear here when the delays are valid.'}
      </Text>
    </Stack>
  );
}

function FailureInput() {
  const form = useHandlerFormContext();
  return (
    <Radio.Group aria-label="On failure" {...form.getInputProps('onFailure')}>
      <Stack gap="sm">
        {(Object.keys(failurePolicies) as FailurePolicy[]).map((policy) => (
          <Radio
            key={policy}
            value={policy}
            label={failurePolicies[policy].name}
            description={failurePolicies[policy].meaning}
          />
        ))}
      </Stack>
    </Radio.Group>
  );
}

function ConcurrencyInput() {
  const form = useHandlerFormContext();
  return (
    <NumberInput
      label="Concurrency limit"
      description="Calls in flight on each executor. Further calls wait, which counts as no attempt"
      allowDecimal={false}
      clampBehavior="none"
      w={220}
      {...handlerFields.maxConcurrency.range}
      {...form.getInputProps('maxConcurrency')}
    />
  );
}

function FormatInput() {
  const form = useHandlerFormContext();
  return (
    <NativeSelect
      label="Format"
      data={eventFormats.map((value) => ({ value, label: eventFormatNames[value] }))}
      maw={320}
      {...form.getInputProps('format')}
    />
  );
}

function HoldInputs() {
  const form = useHandlerFormContext();
  return (
    <Stack gap="sm">
      <WindowFields form={form} path="windows" windows={form.values.windows} />
      <NumberInput
        label="Release per second"
        description="Events that continue at the end of a hold, at most"
        clampBehavior="none"
        w={220}
        {...handlerFields.releasePerSecond.range}
        {...form.getInputProps('releasePerSecond')}
      />
    </Stack>
  );
}

function DescriptionInput() {
  const form = useHandlerFormContext();
  return <Textarea aria-label="Description" autosize minRows={3} maxRows={12} {...form.getInputProps('description')} />;
}

function SigningInput({ isNew }: { isNew: boolean }) {
  const form = useHandlerFormContext();
  if (!isNew) {
    return (
      <Text size="sm">Create, replace and revoke signing secrets on the page of the handler, under Settings.</Text>
    );
  }
  return (
    <Checkbox
      label="New signing secret"
      description="Signs calls by Standard Webhooks v1. The secret is shown once, after Apply"
      {...form.getInputProps('isSigned', { type: 'checkbox' })}
    />
  );
}
