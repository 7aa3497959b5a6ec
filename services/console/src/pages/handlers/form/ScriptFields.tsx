import { ActionIcon, Button, Group, Input, NativeSelect, Stack, TextInput } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { CloseIcon, PlusIcon } from '../../../components/icons.tsx';
import { useHandlerFormContext } from './form-context.ts';

/** Its list of suggestions is large, and a form of an HTTP task has none. */
const ScriptPathField = lazy(async () => ({ default: (await import('./ScriptPathField.tsx')).ScriptPathField }));

const modes = [
  { value: 'once', label: 'Once: one process per event' },
  { value: 'persistent', label: 'Persistent: one process for many events' },
];

/** A script, its arguments, each in a line of its own, and how it is run. */
export function ScriptFields() {
  const form = useHandlerFormContext();
  const { args } = form.values.task.script;
  return (
    <>
      <Suspense fallback={<TextInput label="Path" disabled />}>
        <ScriptPathField />
      </Suspense>
      <Input.Wrapper
        component="div"
        label="Arguments"
        labelElement="div"
        description="Passed without a shell: no quoting needed"
        error={form.errors['task.script.args']}
      >
        <Stack gap={6} mt={6} role="group" aria-label="Arguments">
          {args.map(({ key }, index) => (
            <Group key={key} gap={6} wrap="nowrap" align="flex-start">
              <TextInput
                flex={1}
                aria-label={`Argument ${index + 1}`}
                classNames={{ input: 'mono' }}
                {...form.getInputProps(`task.script.args.${index}.value`)}
              />
              <ActionIcon
                variant="subtle"
                color="gray"
                size={36}
                aria-label={`Remove argument ${index + 1}`}
                onClick={() => form.removeListItem('task.script.args', index)}
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
            onClick={() => form.insertListItem('task.script.args', { key: crypto.randomUUID(), value: '' })}
          >
            Add an argument
          </Button>
        </Stack>
      </Input.Wrapper>
      <NativeSelect label="Mode" data={modes} {...form.getInputProps('task.script.mode')} />
    </>
  );
}
