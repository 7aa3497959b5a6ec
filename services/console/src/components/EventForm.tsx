import { Button, Group, NativeSelect, Stack, TextInput } from '@mantine/core';
import { useState, type SubmitEvent } from 'react';
import { useEventTypeChoices } from '../api/event-types.ts';
import type { EventTypeView, FieldErrorView } from '#contracts/rest-api';
import { useRefusal, type Role } from '../session/role.ts';
import { useConfirm } from './confirm.ts';
import { JsonEditor } from './json/JsonEditor.tsx';
import { Refused } from './Refused.tsx';

interface Props {
  types: readonly EventTypeView[];
  /** The one in the address; undefined for the first. */
  type: string | undefined;
  onType: (type: string) => void;
  /** What it begins with, in place of the sample. */
  initial?: EventDraft | undefined;
  /** The verb on the button. */
  action: string;
  /** The role that the action needs. */
  needs?: Role;
  onSubmit: (draft: EventDraft) => void;
  isPending: boolean;
  errors: readonly FieldErrorView[];
  /** The answer is of another event now. */
  onEdit: () => void;
}

/** An event as it is written in the form. */
export interface EventDraft {
  /** JSON, as it was typed: the registry checks that, and not what a browser makes of its numbers. */
  readonly text: string;
  /** Empty for none. */
  readonly partitionKey: string;
}

/** A form for an event: the sample of a type, edited as needed, or a pasted one. */
export function EventForm({ types, type, onType, initial, action, needs = 'viewer', onSubmit, ...props }: Props) {
  const { isPending, errors, onEdit } = props;
  const refusal = useRefusal(needs);
  const choices = useEventTypeChoices();
  const confirm = useConfirm();
  const chosen = types.find(({ id }) => id === type) ?? types[0]!;
  const [text, setText] = useState(() => initial?.text ?? sampleOf(chosen));
  const [partitionKey, setPartitionKey] = useState(initial?.partitionKey ?? '');
  const choose = async (id: string): Promise<void> => {
    const wanted = types.find((known) => known.id === id)!;
    const isOwn = !types.some((known) => sampleOf(known) === text);
    const question = {
      title: `Replace the event with the sample of ${id}?`,
      body: 'Your changes are lost.',
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
    if (refusal === undefined) onSubmit({ text, partitionKey: partitionKey.trim() });
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <NativeSelect
          label="Sample"
          value={chosen.id}
          onChange={({ currentTarget }) => void choose(currentTarget.value)}
          data={choices}
        />
        <JsonEditor
          label="Event"
          description="As billing publishes it, or a CloudEvent"
          value={text}
          onChange={(changed) => {
            setText(changed);
            onEdit();
          }}
          errors={errors}
        />
        <TextInput
          label="Partition key"
          description="Events with the same key run in order. Default: the group and the object id"
          value={partitionKey}
          onChange={({ currentTarget }) => setPartitionKey(currentTarget.value)}
          spellCheck={false}
        />
        <Group justify="flex-end">
          <Refused because={refusal}>
            <Button
              type="submit"
              loading={isPending}
              data-disabled={refusal !== undefined || undefined}
              aria-disabled={refusal !== undefined || undefined}
            >
              {action}
            </Button>
          </Refused>
        </Group>
      </Stack>
    </form>
  );
}

function sampleOf({ sample }: EventTypeView): string {
  return JSON.stringify(sample, null, 2);
}
