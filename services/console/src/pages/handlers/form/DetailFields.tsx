import { Checkbox, NativeSelect, NumberInput, Radio, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { eventFormats, handlerLimits, type FailurePolicy } from '#contracts';
import { Fold } from '../../../components/Fold.tsx';
import { eventFormatNames } from './event-formats.ts';
import { useHandlerFormContext } from './form-context.ts';
import { waitsIn } from './form-values.ts';
import { failurePolicies } from './failure-policies.ts';
import { retryTimes } from './retry-times.ts';

/** What most handlers leave as it is; folded, with what it says now. */
export function DetailFields({ isNew }: { isNew: boolean }) {
  const form = useHandlerFormContext();
  const { timeout, maxAttempts, onFailure, maxConcurrency, condition, format, description, taskType, isSigned } =
    form.values;
  const hasError = (...names: string[]): boolean => names.some((name) => form.errors[name] !== undefined);
  return (
    <div>
      <Fold
        title="Condition"
        summary={condition.trim() === '' ? 'none: it runs for every event' : condition.trim().split('\n')[0]}
        isForced={hasError('condition')}
      >
        <Textarea
          label="Runs only if"
          description={'In CEL, with event, data, previous and changed("field"). Empty: for every event'}
          placeholder={'data.status == "active" && changed("status")'}
          autosize
          minRows={2}
          maxRows={12}
          maxLength={handlerLimits.conditionLength}
          spellCheck={false}
          classNames={{ input: 'mono' }}
          {...form.getInputProps('condition')}
        />
      </Fold>
      <Fold
        title="Retries"
        summary={`${maxAttempts} attempts of ${timeout === '' ? 'the usual time' : timeout}`}
        isForced={hasError('timeout', 'maxAttempts', 'schedule')}
      >
        <RetryFields isNew={isNew} />
      </Fold>
      <Fold title="On failure" summary={failurePolicies[onFailure].name} isForced={hasError('onFailure')}>
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
      </Fold>
      <Fold title="Concurrency" summary={`${maxConcurrency} calls at a time`} isForced={hasError('maxConcurrency')}>
        <NumberInput
          label="Calls at a time"
          description="On each executor. What comes on top waits, and that is no attempt"
          allowDecimal={false}
          clampBehavior="none"
          w={220}
          {...handlerLimits.maxConcurrency}
          {...form.getInputProps('maxConcurrency')}
        />
      </Fold>
      <Fold title="Format" summary={eventFormatNames[format]} isForced={hasError('format')}>
        <NativeSelect
          label="Format"
          data={eventFormats.map((value) => ({ value, label: eventFormatNames[value] }))}
          maw={320}
          {...form.getInputProps('format')}
        />
      </Fold>
      <Fold
        title="Description"
        summary={description.trim() === '' ? 'none' : description.trim().split('\n')[0]}
        isForced={hasError('description')}
      >
        <Textarea aria-label="Description" autosize minRows={3} maxRows={12} {...form.getInputProps('description')} />
      </Fold>
      {taskType === 'http' && (
        <Fold title="Signing" summary={isSigned ? 'with a secret that is made with it' : undefined}>
          {isNew ? (
            <Checkbox
              label="Make a secret that its calls are signed with"
              description="Standard Webhooks, v1. The secret is shown once, as soon as the handler is there"
              {...form.getInputProps('isSigned', { type: 'checkbox' })}
            />
          ) : (
            <Text size="sm">Secrets are made, replaced and revoked on the page of the handler, under Settings.</Text>
          )}
        </Fold>
      )}
    </div>
  );
}

function RetryFields({ isNew }: { isNew: boolean }) {
  const form = useHandlerFormContext();
  const { maxAttempts, schedule } = form.values;
  return (
    <Stack gap="sm">
      <TextInput
        label="Timeout of an attempt"
        description="500ms, 10s or 2m, everything included"
        placeholder={isNew ? 'As the registry is set; 10s if it is not' : undefined}
        maw={320}
        {...form.getInputProps('timeout')}
      />
      <NumberInput
        label="Attempts in all"
        description="The first one included"
        allowDecimal={false}
        clampBehavior="none"
        w={220}
        {...handlerLimits.maxAttempts}
        {...form.getInputProps('maxAttempts')}
      />
      <TextInput
        label="Waits between them"
        description="By commas; the last one serves for all that follow"
        classNames={{ input: 'mono' }}
        {...form.getInputProps('schedule')}
      />
      <Text size="sm" c="dimmed" aria-live="polite">
        {retryTimes(Number(maxAttempts), waitsIn(schedule)) ??
          'As soon as the waits can be read, the times stand here.'}
      </Text>
    </Stack>
  );
}
