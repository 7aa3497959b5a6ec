import { List, Modal, Skeleton, Stack, Text, Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type SubmitEvent } from 'react';
import type { EventPlanView } from '#contracts/rest-api';
import { DialogFooter } from '../../../components/DialogFooter.tsx';
import { counted } from '../../../components/format-number.ts';
import { ProblemAlert } from '../../../components/ProblemAlert.tsx';
import { notRunReasons } from '../../plan/not-run-reasons.ts';
import type { ShownEvent } from '../event-details.ts';
import { resumePlanQuery, useEventResume } from './run-again.ts';

interface Props {
  event: ShownEvent;
  isOpen: boolean;
  onClose: () => void;
}

/** Shows what a resume of an event would run, and starts it. */
export function ResumeDialog({ event, isOpen, onClose }: Props) {
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title="Resume this event?"
      size="lg"
      centered
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <ResumeForm event={event} onClose={onClose} />
    </Modal>
  );
}

function ResumeForm({ event, onClose }: Omit<Props, 'isOpen'>) {
  const plan = useQuery(resumePlanQuery(event.id));
  const resume = useEventResume(event.id, onClose);
  const [note, setNote] = useState('');
  const submit = (submitted: SubmitEvent): void => {
    submitted.preventDefault();
    resume.mutate(note);
  };
  const count = plan.data?.handlers.length ?? 0;
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        {plan.error && (
          <ProblemAlert title="Failed to plan the resume" problem={plan.error} onRetry={() => void plan.refetch()} />
        )}
        {!plan.error && (plan.data ? <ResumePlan plan={plan.data} /> : <Skeleton height={60} />)}
        <Textarea
          label="Note"
          description="The reason, for other operators"
          autosize
          minRows={2}
          maxRows={6}
          maxLength={1_000}
          value={note}
          onChange={({ currentTarget }) => setNote(currentTarget.value)}
        />
        {resume.error && <ProblemAlert title="Failed to start the resume" problem={resume.error} />}
        <DialogFooter action="Resume" onCancel={onClose} isReady={count > 0} isPending={resume.isPending} />
      </Stack>
    </form>
  );
}

function ResumePlan({ plan: { handlers, notRun } }: { plan: EventPlanView }) {
  return (
    <>
      <div>
        <Text size="sm" fw={550}>
          {handlers.length === 0 ? 'No handler would run' : `${counted(handlers.length, 'handler')} would run`}
        </Text>
        <List size="sm" type="ordered" aria-label="Handlers that would run">
          {handlers.map(({ handler }) => (
            <List.Item key={handler.id}>{handler.name}</List.Item>
          ))}
        </List>
      </div>
      {notRun.length > 0 && (
        <div>
          <Text size="sm" fw={550}>
            Would not run
          </Text>
          <List size="sm" aria-label="Handlers that would not run">
            {notRun.map(({ handler, reason }) => (
              <List.Item key={handler.id}>
                {handler.name}. {notRunReasons[reason]}
              </List.Item>
            ))}
          </List>
        </div>
      )}
    </>
  );
}
