import { ActionIcon, Button, Group, Input, NativeSelect, Stack, TextInput } from '@mantine/core';
import { CloseIcon, PlusIcon } from '../../../components/icons.tsx';
import { useHandlerFormContext } from './form-context.ts';

const modes = [
  { value: 'once', label: 'Once: a process for each event' },
  { value: 'persistent', label: 'Persistent: it stays up, and takes one event a line' },
];

/** A script, its arguments, each in a line of its own, and how it is run. */
export function ScriptFields() {
  const form = useHandlerFormContext();
  const { args } = form.values.script;
  return (
    <>
      <TextInput
        label="Path"
        withAsterisk
        description="Below one of the executors' script folders, or absolute"
        placeholder="user/local/vcs/script.py"
        classNames={{ input: 'mono' }}
        {...form.getInputProps('script.path')}
      />
      <Input.Wrapper
        component="div"
        label="Arguments"
        labelElement="div"
        description="Handed over as they are: there is no shell, so nothing needs quoting"
        error={form.errors['script.args']}
      >
        <Stack gap={6} mt={6} role="group" aria-label="Arguments">
          {args.map(({ key }, index) => (
            <Group key={key} gap={6} wrap="nowrap" align="flex-start">
              <TextInput
                flex={1}
                aria-label={`Argument ${index + 1}`}
                classNames={{ input: 'mono' }}
                {...form.getInputProps(`script.args.${index}.value`)}
              />
              <ActionIcon
                variant="subtle"
                color="gray"
                size={36}
                aria-label={`Remove argument ${index + 1}`}
                onClick={() => form.removeListItem('script.args', index)}
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
            onClick={() => form.insertListItem('script.args', { key: crypto.randomUUID(), value: '' })}
          >
            Add an argument
          </Button>
        </Stack>
      </Input.Wrapper>
      <NativeSelect label="Mode" data={modes} {...form.getInputProps('script.mode')} />
    </>
  );
}
