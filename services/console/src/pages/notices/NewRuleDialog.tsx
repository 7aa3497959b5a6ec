import { Checkbox, Modal, NativeSelect, SegmentedControl, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { DialogFooter } from '../../components/DialogFooter.tsx';
import { fieldErrorsOf } from '../../components/field-errors.ts';
import { ProblemAlert } from '../../components/ProblemAlert.tsx';
import { useMakeRule } from './notices.ts';
import { blankRule, handlersOf, ruleFaults, suggestedName, type RuleValues } from './rule.ts';
import { channels, type ChannelName } from './rule-tasks.ts';
import { canLast, hasEnd, troubleKinds, troubleWords } from './trouble-words.ts';

interface Props {
  isOpen: boolean;
  onClose: () => void;
}

const offered = Object.keys(channels) as ChannelName[];

const lastings = [
  { value: '', label: 'Report at once' },
  { value: '1m', label: '1 minute' },
  { value: '5m', label: '5 minutes' },
  { value: '15m', label: '15 minutes' },
  { value: '1h', label: '1 hour' },
];

/** Makes a rule: the trouble, and whom Provisor informs. */
export function NewRuleDialog({ isOpen, onClose }: Props) {
  const make = useMakeRule();
  const form = useForm<RuleValues>({ initialValues: blankRule, validate: ruleFaults });
  const { kind, channel } = form.values;
  const { field } = channels[channel];
  const close = (): void => {
    onClose();
    form.reset();
    make.reset();
  };
  const submit = (values: RuleValues): void =>
    make.mutate(handlersOf(values), {
      onSuccess: close,
      onError: (problem) => form.setErrors(errorsOf(problem)),
    });
  return (
    <Modal opened={isOpen} onClose={close} title="New rule" closeButtonProps={{ 'aria-label': 'Close' }}>
      <form onSubmit={form.onSubmit(submit)} noValidate>
        <Stack gap="md">
          {make.error && Object.keys(errorsOf(make.error)).length === 0 && (
            <ProblemAlert title="Failed to create the rule" problem={make.error} />
          )}
          <NativeSelect
            label="When"
            data-autofocus
            data={troubleKinds.map((value) => ({ value, label: troubleWords[value].label }))}
            {...form.getInputProps('kind')}
          />
          {canLast(kind) && (
            <NativeSelect
              label="For"
              description="How long the trouble goes on before the rule reports it"
              data={lastings}
              {...form.getInputProps('lasting')}
            />
          )}
          <SegmentedControl
            aria-label="Way"
            data={offered.map((value) => ({ value, label: channels[value].label }))}
            {...form.getInputProps('channel')}
          />
          <TextInput
            label={field.label}
            description={field.description}
            placeholder={field.placeholder}
            required
            {...form.getInputProps('whom')}
          />
          {hasEnd(kind) && (
            <Checkbox
              label="And when it is over"
              description={`When ${troubleWords[kind].over}`}
              {...form.getInputProps('over', { type: 'checkbox' })}
            />
          )}
          <TextInput label="Name" placeholder={suggestedName(form.values)} {...form.getInputProps('name')} />
          <DialogFooter action="Create rule" onCancel={close} isPending={make.isPending} />
        </Stack>
      </form>
    </Modal>
  );
}

/** What the registry says of a handler's field, at the field of the dialog that it came from. */
function errorsOf(problem: unknown): Record<string, string> {
  const errors = fieldErrorsOf(problem) ?? {};
  return Object.fromEntries(
    Object.entries(errors).map(([path, message]) => [path.startsWith('task') ? 'whom' : path, message]),
  );
}
