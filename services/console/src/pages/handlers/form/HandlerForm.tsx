import { Button, Group, NativeSelect, NumberInput, Stack, Text, TextInput } from '@mantine/core';
import { useId, useState, type ReactNode } from 'react';
import { handlerFields } from '#contracts';
import type { ApiProblem, ServerAway } from '../../../api/problem.ts';
import { ProblemAlert } from '../../../components/ProblemAlert.tsx';
import { EventTypeSelect } from '../../../components/EventTypeSelect.tsx';
import { useLeadToFault } from '../../../components/use-lead-to-fault.ts';
import { DetailFields } from './DetailFields.tsx';
import { HandlerFormProvider, useHandlerForm } from './form-context.ts';
import { formErrors } from './form-errors.ts';
import { faultsOf, type HandlerFormValues } from './form-values.ts';
import { statusChoices } from '../handler-filters.ts';
import classes from './HandlerForm.module.css';
import { TaskFields } from './TaskFields.tsx';

interface Props {
  /** Read once. */
  initial: () => HandlerFormValues;
  isNew: boolean;
  /** Of a handler that is there. */
  handlerId?: string | undefined;
  /** Throws what the API answers. */
  onSave: (values: HandlerFormValues) => Promise<void>;
  problem: ApiProblem | ServerAway | null;
  isSaving: boolean;
  onCancel: () => void;
  onEdited: (isEdited: boolean) => void;
  /** What has to be told before the rest. */
  notice?: ReactNode;
}

/** Every setting of a handler. An error of the API appears at its field. */
export function HandlerForm({ initial, isNew, onSave, isSaving, onCancel, ...props }: Props) {
  const id = useId();
  const [begun] = useState(initial);
  const form = useHandlerForm({
    initialValues: begun,
    validate: (values) => faultsOf(values, isNew),
    onValuesChange: (values) => props.onEdited(JSON.stringify(values) !== JSON.stringify(begun)),
  });
  const leadToFault = useLeadToFault(id);
  const save = async (values: HandlerFormValues): Promise<void> => {
    try {
      await onSave(values);
    } catch (problem) {
      form.setErrors(formErrors(problem, values) ?? {});
      leadToFault();
    }
  };
  const isPlaced = props.problem !== null && formErrors(props.problem, form.values) !== undefined;
  return (
    <HandlerFormProvider form={form}>
      <form
        id={id}
        noValidate
        aria-label="Handler"
        onSubmit={form.onSubmit((values) => void save(values), leadToFault)}
      >
        <Stack gap="sm">
          {props.notice}
          {props.problem && !isPlaced && (
            <div data-form-notice tabIndex={-1}>
              <ProblemAlert title="Failed to save the handler" problem={props.problem} />
            </div>
          )}
          <TextInput label="Name" withAsterisk data-autofocus {...form.getInputProps('name')} />
          <EventTypeSelect blank="Choose…" withAsterisk {...form.getInputProps('event')} />
          <TaskFields />
          <Group align="flex-start" gap="sm" wrap="wrap">
            <NativeSelect
              label="Status"
              description="Only enabled handlers run"
              data={statusChoices}
              flex="1 1 12rem"
              {...form.getInputProps('status')}
            />
            <NumberInput
              label="Priority"
              description="Lower runs first"
              placeholder={isNew ? 'After the last' : undefined}
              allowDecimal={false}
              flex="1 1 12rem"
              {...handlerFields.priority.range}
              clampBehavior="none"
              {...form.getInputProps('priority')}
            />
          </Group>
          <DetailFields isNew={isNew} handlerId={props.handlerId} />
        </Stack>
        <Group className={classes.foot} justify="flex-end" gap="xs">
          <Text size="sm" className={classes.errors} role="status">
            {errorsInWords(Object.keys(form.errors).length)}
          </Text>
          <Button variant="default" onClick={onCancel}>
            Cancel
          </Button>
          <Button type="submit" loading={isSaving}>
            Apply
          </Button>
        </Group>
      </form>
    </HandlerFormProvider>
  );
}

/** Beside the buttons, where it is always in sight. */
function errorsInWords(count: number): string {
  if (count === 0) return '';
  return count === 1 ? '1 field needs a correction' : `${count} fields need a correction`;
}
