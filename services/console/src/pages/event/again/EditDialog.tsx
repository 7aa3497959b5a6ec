import { Modal, Stack, Text } from '@mantine/core';
import { useRef, useState, type SubmitEvent } from 'react';
import { indentJson } from '#contracts';
import type { FieldErrorView } from '#contracts/rest-api';
import { ApiProblem } from '../../../api/problem.ts';
import { DialogFooter } from '../../../components/DialogFooter.tsx';
import { isJsonObject } from '../../../components/json/is-json-object.ts';
import { JsonEditor } from '../../../components/json/JsonEditor.tsx';
import { ProblemAlert } from '../../../components/ProblemAlert.tsx';
import type { ShownEvent } from '../event-details.ts';
import { useEditedReplay } from './run-again.ts';

interface Props {
  event: ShownEvent;
  isOpen: boolean;
  onClose: () => void;
}

/** Edits a copy of an event, and replays it. */
export function EditDialog({ event, isOpen, onClose }: Props) {
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title="Edit and replay"
      size="xl"
      centered
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <EditForm event={event} onClose={onClose} />
    </Modal>
  );
}

function EditForm({ event, onClose }: Omit<Props, 'isOpen'>) {
  const [original] = useState(() => indentJson(event.written.body));
  const [text, setText] = useState(original);
  const editor = useRef<HTMLTextAreaElement>(null);
  const replay = useEditedReplay(event.id, onClose);
  const errors = eventErrors(replay.error);
  const submit = (submitted: SubmitEvent): void => {
    submitted.preventDefault();
    if (isJsonObject(text)) replay.mutate(text);
    else editor.current?.focus();
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <Text size="sm">
          All enabled handlers run for the copy, for real. The copy keeps the partition key, gets an event ID of its
          own, and links to this event.
        </Text>
        {original.includes('"***"') && (
          <Text size="sm">Values shown as *** are hidden, and stay as they are in the original.</Text>
        )}
        <JsonEditor
          label="Event"
          value={text}
          onChange={(changed) => {
            setText(changed);
            replay.reset();
          }}
          errors={errors ?? []}
          ref={editor}
        />
        {replay.error && !errors && <ProblemAlert title="Failed to replay the copy" problem={replay.error} />}
        <DialogFooter
          action="Replay the copy"
          onCancel={onClose}
          isReady={text !== original}
          isPending={replay.isPending}
        />
      </Stack>
    </form>
  );
}

/** The errors of the event by their places in the editor; undefined for a problem without places. */
function eventErrors(problem: unknown): FieldErrorView[] | undefined {
  if (!(problem instanceof ApiProblem) || problem.fields.length === 0) return undefined;
  return problem.fields.map(({ field, message }) => ({ field: field.replace(/^event\.?/, ''), message }));
}
