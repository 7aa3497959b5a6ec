import { Button, Group, NumberInput, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useId, useState } from 'react';
import { holdLimits, targetLimits } from '#contracts';
import type { ApiProblem, ServerAway } from '../../../api/problem.ts';
import { Fold } from '../../../components/Fold.tsx';
import { windowInWords } from '../../../components/holds/hold-words.ts';
import { WindowFields } from '../../../components/holds/WindowFields.tsx';
import { ProblemAlert } from '../../../components/ProblemAlert.tsx';
import { useLeadToFault } from '../../../components/use-lead-to-fault.ts';
import classes from '../../handlers/form/HandlerForm.module.css';
import { HeaderFields } from '../../handlers/form/HeaderFields.tsx';
import { TlsFields } from '../../handlers/form/TlsFields.tsx';
import { AuthFields } from './AuthFields.tsx';
import { TargetFormProvider, useTargetForm, useTargetFormContext } from './form-context.ts';
import { targetErrors, targetFaults, type TargetFormValues } from './target-values.ts';

interface Props {
  /** Read once. */
  initial: () => TargetFormValues;
  /** Throws what the API answers. */
  onSave: (values: TargetFormValues) => Promise<void>;
  problem: ApiProblem | ServerAway | null;
  isSaving: boolean;
  onCancel: () => void;
  onEdited: (isEdited: boolean) => void;
}

/** Every setting of a target. An error of the API appears at its field. */
export function TargetForm({ initial, onSave, problem, isSaving, onCancel, onEdited }: Props) {
  const id = useId();
  const [begun] = useState(initial);
  const form = useTargetForm({
    initialValues: begun,
    validate: targetFaults,
    onValuesChange: (values) => onEdited(JSON.stringify(values) !== JSON.stringify(begun)),
  });
  const leadToFault = useLeadToFault(id);
  const save = async (values: TargetFormValues): Promise<void> => {
    try {
      await onSave(values);
    } catch (refused) {
      form.setErrors(targetErrors(refused, values) ?? {});
      leadToFault();
    }
  };
  const isPlaced = problem !== null && targetErrors(problem, form.values) !== undefined;
  const count = Object.keys(form.errors).length;
  return (
    <TargetFormProvider form={form}>
      <form id={id} noValidate aria-label="Target" onSubmit={form.onSubmit((values) => void save(values), leadToFault)}>
        <Stack gap="sm">
          {problem && !isPlaced && (
            <div data-form-notice tabIndex={-1}>
              <ProblemAlert title="Failed to save the target" problem={problem} />
            </div>
          )}
          <TextInput label="Name" withAsterisk data-autofocus {...form.getInputProps('name')} />
          <TextInput
            label="Base URL"
            description="The path of each handler follows it"
            withAsterisk
            placeholder="https://crm.example/rest"
            inputMode="url"
            classNames={{ input: 'mono' }}
            {...form.getInputProps('baseUrl')}
          />
          <AuthFields />
          <HeaderFields form={form} path="headers" rows={form.values.headers} />
          <Details />
        </Stack>
        <Group className={classes.foot} justify="flex-end" gap="xs">
          <Text size="sm" className={classes.errors} role="status">
            {count > 0 && `${count} ${count === 1 ? 'field needs' : 'fields need'} a correction`}
          </Text>
          <Button variant="default" onClick={onCancel}>
            Cancel
          </Button>
          <Button type="submit" loading={isSaving}>
            Apply
          </Button>
        </Group>
      </form>
    </TargetFormProvider>
  );
}

/** Settings that many targets leave as they are: folded, with a summary. */
function Details() {
  const form = useTargetFormContext();
  const { rate, maxConcurrency, windows, description, tls } = form.values;
  const hasError = (...fields: string[]): boolean =>
    Object.keys(form.errors).some((path) => fields.some((field) => path === field || path.startsWith(`${field}.`)));
  const limits = [
    rate.perSecond !== '' && `${rate.perSecond} per second`,
    maxConcurrency !== '' && `${maxConcurrency} at a time`,
  ].filter((each) => each !== false);
  return (
    <div>
      <Fold
        title="Limits"
        summary={limits.length === 0 ? 'none' : limits.join(', ')}
        isForced={hasError('rate', 'maxConcurrency')}
      >
        <LimitFields />
      </Fold>
      <TlsFields form={form} path="tls" tls={tls} />
      <Fold
        title="Holds"
        summary={windows.length === 0 ? 'no weekly window' : windows.map(windowInWords).join('; ')}
        isForced={hasError('windows', 'releasePerSecond')}
      >
        <Stack gap="sm">
          <WindowFields form={form} path="windows" windows={windows} />
          <NumberInput
            label="Release per second"
            description="Events that continue at the end of a hold, at most"
            clampBehavior="none"
            w={220}
            {...holdLimits.releasePerSecond}
            {...form.getInputProps('releasePerSecond')}
          />
        </Stack>
      </Fold>
      <Fold
        title="Description"
        summary={description.trim() === '' ? 'none' : description.trim().split('\n')[0]}
        isForced={hasError('description')}
      >
        <Textarea aria-label="Description" autosize minRows={3} maxRows={12} {...form.getInputProps('description')} />
      </Fold>
    </div>
  );
}

function LimitFields() {
  const form = useTargetFormContext();
  return (
    <Stack gap="sm">
      <Text size="sm" c="dimmed">
        The limits hold over all executors together. Calls beyond them wait, which counts as no attempt.
      </Text>
      <Group align="flex-start" gap="sm" wrap="wrap">
        <NumberInput
          label="Calls per second"
          placeholder="No limit"
          clampBehavior="none"
          flex="1 1 10rem"
          {...targetLimits.perSecond}
          {...form.getInputProps('rate.perSecond')}
        />
        <NumberInput
          label="Burst"
          description="Calls at once, after a pause"
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          placeholder="1"
          allowDecimal={false}
          clampBehavior="none"
          flex="1 1 10rem"
          {...targetLimits.burst}
          {...form.getInputProps('rate.burst')}
        />
        <NumberInput
          label="Calls at a time"
          placeholder="No limit"
          allowDecimal={false}
          clampBehavior="none"
          flex="1 1 10rem"
          {...targetLimits.maxConcurrency}
          {...form.getInputProps('maxConcurrency')}
        />
      </Group>
    </Stack>
  );
}
