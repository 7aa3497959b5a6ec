import { Textarea, TextInput } from '@mantine/core';
import { useHandlerFormContext } from './form-context.ts';

/** An e-mail: whom it goes to, its subject and its text. */
export function EmailFields() {
  const form = useHandlerFormContext();
  return (
    <>
      <TextInput
        label="To"
        description="Several addresses: separate them with commas"
        placeholder="ops@example.org"
        {...form.getInputProps('task.email.to')}
      />
      <TextInput label="Cc" {...form.getInputProps('task.email.cc')} />
      <TextInput label="Subject" {...form.getInputProps('task.email.subject')} />
      <Textarea label="Text" autosize minRows={4} maxRows={16} {...form.getInputProps('task.email.text')} />
    </>
  );
}
