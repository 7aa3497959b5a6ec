import { Fieldset, SegmentedControl, Stack } from '@mantine/core';
import { useHandlerFormContext } from './form-context.ts';
import { HttpFields } from './HttpFields.tsx';
import { ScriptFields } from './ScriptFields.tsx';

const types = [
  { value: 'script', label: 'Script' },
  { value: 'http', label: 'http://' },
];

/** What the handler does: a script, or a call. */
export function TaskFields() {
  const form = useHandlerFormContext();
  return (
    <Fieldset legend="Task" variant="default" radius="md">
      <Stack gap="sm">
        <SegmentedControl
          aria-label="Type of the task"
          data={types}
          style={{ alignSelf: 'flex-start' }}
          {...form.getInputProps('taskType')}
        />
        {form.values.taskType === 'script' ? <ScriptFields /> : <HttpFields />}
      </Stack>
    </Fieldset>
  );
}
