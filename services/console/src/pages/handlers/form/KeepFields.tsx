import { ActionIcon, Button, Group, Input, Stack, TextInput } from '@mantine/core';
import { answerLimits } from '#contracts';
import { CloseIcon, PlusIcon } from '../../../components/icons.tsx';
import { keepRow } from './answer-rows.ts';
import { useHandlerFormContext } from './form-context.ts';

/** Values of a successful answer that later handlers of the event can read. */
export function KeepFields() {
  const form = useHandlerFormContext();
  const { keep, name } = form.values;
  const handler = name.trim() === '' ? 'name' : name.trim();
  return (
    <Input.Wrapper
      component="div"
      label="Values"
      labelElement="div"
      description={`Later handlers of the event read results[${JSON.stringify(handler)}].sipId`}
      error={form.errors.keep}
    >
      <Stack gap={6} mt={6} role="group" aria-label="Values">
        {keep.map(({ key }, index) => (
          <Group key={key} gap={6} wrap="nowrap" align="flex-start">
            <TextInput
              flex="1 1 8rem"
              aria-label={`Value ${index + 1}: name`}
              placeholder="sipId"
              classNames={{ input: 'mono' }}
              {...form.getInputProps(`keep.${index}.name`)}
            />
            <TextInput
              flex="2 1 14rem"
              aria-label={`Value ${index + 1}: expression`}
              placeholder="response.json.id"
              classNames={{ input: 'mono' }}
              {...form.getInputProps(`keep.${index}.expression`)}
            />
            <ActionIcon
              variant="subtle"
              color="gray"
              size={36}
              aria-label={`Remove value ${index + 1}`}
              onClick={() => form.removeListItem('keep', index)}
            >
              <CloseIcon size={14} />
            </ActionIcon>
          </Group>
        ))}
        <Button
          variant="subtle"
          size="xs"
          leftSection={<PlusIcon size={14} />}
          style={{ alignSelf: 'flex-start' }}
          disabled={keep.length >= answerLimits.keep}
          onClick={() => form.insertListItem('keep', keepRow())}
        >
          Add a value
        </Button>
      </Stack>
    </Input.Wrapper>
  );
}
