import { Button, Group, NativeSelect, Stack, TextInput } from '@mantine/core';
import { useState, type SubmitEvent } from 'react';
import { useEventTypeChoices } from '../../api/event-types.ts';
import type { EventTypeView, FieldErrorView } from '#contracts/rest-api';
import { useConfirm } from '../../components/confirm.ts';
import { JsonEditor } from '../../components/json/JsonEditor.tsx';

interface Props {
  types: readonly EventTypeView[];
  /** The one in the address; undefined for the first. */
  type: string | undefined;
  onType: (type: string) => void;
  onAsk: (asked: { text: string; partitionKey: string }) => void;
  isAsking: boolean;
  errors: readonly FieldErrorView[];
  /** The answer is of another event now. */
  onEdit: () => void;
}

/** An event: the sample of a type, as it is or changed, or one that was pasted. */
export function EventForm({ types, type, onType, onAsk, isAsking, errors, onEdit }: Props) {
  const choices = useEventTypeChoices();
  const confirm = useConfirm();
  const chosen = types.find(({ id }) => id === type) ?? types[0]!;
  const [text, setText] = useState(() => sampleOf(chosen));
  const [partitionKey, setPartitionKey] = useState('');
  const choose = async (id: string): Promise<void> => {
    const wanted = types.find((known) => known.id === id)!;
    const isOwn = !types.some((known) => sampleOf(known) === text);
    const question = {
      title: `Replace the event by the sample of ${id}?`,
      body: 'What you have written or pasted is lost.',
      action: 'Replace',
      isDestructive: true,
    };
    if (isOwn && !(await confirm(question))) return;
    setText(sampleOf(wanted));
    onType(id);
    onEdit();
  };
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    onAsk({ text, partitionKey: partitionKey.trim() });
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <NativeSelect
          label="Sample of"
          value={chosen.id}
          onChange={({ currentTarget }) => void choose(currentTarget.value)}
          data={choices}
        />
        <JsonEditor
          label="Event"
          description="As billing publishes it, or a CloudEvent."
          value={text}
          onChange={(changed) => {
            setText(changed);
            onEdit();
          }}
          errors={errors}
        />
        <TextInput
          label="Partition key"
          description="The header partition-key; without it group and object id are the key."
          value={partitionKey}
          onChange={({ currentTarget }) => setPartitionKey(currentTarget.value)}
          spellCheck={false}
        />
        <Group justify="flex-end">
          <Button type="submit" loading={isAsking}>
            Show the plan
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function sampleOf({ sample }: EventTypeView): string {
  return JSON.stringify(sample, null, 2);
}
