import { Fieldset, SegmentedControl, Stack } from '@mantine/core';
import type { ComponentType } from 'react';
import { taskTypes, type TaskType } from '#contracts';
import { useHandlerFormContext } from './form-context.ts';
import { EmailFields } from './EmailFields.tsx';
import { HttpFields } from './HttpFields.tsx';
import { ScriptFields } from './ScriptFields.tsx';

/** By what each type of task is chosen, and what is filled in for it. */
const inputs: Readonly<Record<TaskType, { choice: string; Fields: ComponentType }>> = {
  script: { choice: 'Script', Fields: ScriptFields },
  http: { choice: 'http://', Fields: HttpFields },
  email: { choice: 'E-mail', Fields: EmailFields },
};

/** What the handler does: a script, or a call. */
export function TaskFields() {
  const form = useHandlerFormContext();
  const { Fields } = inputs[form.values.task.type];
  return (
    <Fieldset legend="Task" variant="default" radius="md">
      <Stack gap="sm">
        <SegmentedControl
          aria-label="Task type"
          data={taskTypes.map((value) => ({ value, label: inputs[value].choice }))}
          style={{ alignSelf: 'flex-start' }}
          {...form.getInputProps('task.type')}
        />
        <Fields />
      </Stack>
    </Fieldset>
  );
}
