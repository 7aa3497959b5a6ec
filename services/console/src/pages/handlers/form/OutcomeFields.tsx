import { ActionIcon, Button, Group, Input, NativeSelect, Stack, Textarea, TextInput } from '@mantine/core';
import { answerLimits, handlerFields, outcomeKinds } from '#contracts';
import { CloseIcon, PlusIcon } from '../../../components/icons.tsx';
import { ruleRow } from './answer-rows.ts';
import { useHandlerFormContext } from './form-context.ts';
import { readyRules } from './ready-rules.ts';
import { RuleTrial } from './RuleTrial.tsx';

const kinds = { success: 'Success', retryable: 'Retryable failure', permanent: 'Permanent failure' } as const;
const kindChoices = outcomeKinds.map((value) => ({ value, label: kinds[value] }));

/** Rules that judge answers, in the order in which they are asked. */
export function OutcomeFields({ handlerId }: { handlerId?: string | undefined }) {
  const form = useHandlerFormContext();
  const { outcomes } = form.values;
  const isFull = outcomes.length >= answerLimits.outcomes;
  const add = (row = ruleRow()): void => form.insertListItem('outcomes', row);
  return (
    <Input.Wrapper
      component="div"
      label="Rules"
      labelElement="div"
      description="The first one that is true decides. Where none is, the status or exit code does"
      error={form.errors.outcomes}
    >
      <Stack gap="sm" mt={6} role="group" aria-label="Rules">
        {outcomes.map(({ key }, index) => (
          <RuleFields key={key} index={index} />
        ))}
        <Group gap="xs">
          <Button
            variant="subtle"
            size="xs"
            leftSection={<PlusIcon size={14} />}
            disabled={isFull}
            onClick={() => add()}
          >
            Add a rule
          </Button>
          <NativeSelect
            size="xs"
            aria-label="Ready-made rules"
            disabled={isFull}
            value=""
            data={[{ value: '', label: 'Add a ready-made rule…' }, ...readyRules.map(({ label }) => label)]}
            onChange={({ currentTarget }) => {
              const ready = readyRules.find(({ label }) => label === currentTarget.value);
              if (ready) add(ruleRow(ready.rule));
            }}
          />
        </Group>
        {handlerId !== undefined && outcomes.length > 0 && <RuleTrial handlerId={handlerId} />}
      </Stack>
    </Input.Wrapper>
  );
}

function RuleFields({ index }: { index: number }) {
  const form = useHandlerFormContext();
  const path = `outcomes.${index}`;
  const place = `Rule ${index + 1}`;
  return (
    <Stack gap={6}>
      <Group gap={6} wrap="nowrap" align="flex-start">
        <Textarea
          flex={1}
          aria-label={`${place}: when`}
          placeholder="maybe && response.status == 409"
          autosize
          minRows={1}
          maxRows={8}
          maxLength={handlerFields.condition.length.max}
          spellCheck={false}
          classNames={{ input: 'mono' }}
          {...form.getInputProps(`${path}.when`)}
        />
        <ActionIcon
          variant="subtle"
          color="gray"
          size={36}
          aria-label={`Remove rule ${index + 1}`}
          onClick={() => form.removeListItem('outcomes', index)}
        >
          <CloseIcon size={14} />
        </ActionIcon>
      </Group>
      <Group gap={6} align="flex-start" wrap="wrap">
        <NativeSelect
          aria-label={`${place}: outcome`}
          data={kindChoices}
          flex="1 1 11rem"
          {...form.getInputProps(`${path}.outcome`)}
        />
        <TextInput
          aria-label={`${place}: reason`}
          placeholder="Reason, such as already_exists"
          flex="1 1 13rem"
          classNames={{ input: 'mono' }}
          {...form.getInputProps(`${path}.reason`)}
        />
      </Group>
    </Stack>
  );
}
