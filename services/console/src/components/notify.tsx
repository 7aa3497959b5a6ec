import { Button, Group } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import type { ReactNode } from 'react';
import type { ApiProblem, ServerAway } from '../api/problem.ts';

const closeButtonProps = { 'aria-label': 'Close' };

/** The next step that a message offers. */
export interface NextStep {
  label: string;
  run: () => void;
}

/**
 * Confirms an action: "Create SIP account is disabled." It disappears after some seconds, with a next step after some
 * more.
 */
export function notifyDone(message: string, next?: NextStep): void {
  const id = crypto.randomUUID();
  const autoClose = next ? 15_000 : 5_000;
  notifications.show({ id, message: withStep(message, next, id), color: 'petrol', autoClose, closeButtonProps });
}

/** Tells of something that takes a while. The answer replaces the message with how it ended. */
export function notifyProgress(message: string): (outcome: { message: string; isGood: boolean }) => void {
  const id = notifications.show({ message, loading: true, autoClose: false, closeButtonProps });
  return (outcome) => {
    const color = outcome.isGood ? 'petrol' : 'red';
    notifications.update({ id, message: outcome.message, color, loading: false, autoClose: 15_000, closeButtonProps });
  };
}

function withStep(message: string, next: NextStep | undefined, id: string): ReactNode {
  if (!next) return message;
  const run = (): void => {
    notifications.hide(id);
    next.run();
  };
  return (
    <Group justify="space-between" gap="xs">
      {message}
      <Button size="compact-xs" variant="default" onClick={run}>
        {next.label}
      </Button>
    </Group>
  );
}

/** Warns of a likely mistake. It stays until it is closed. */
export function notifyWarned(title: string, warnings: readonly { message: string }[]): void {
  const message = warnings.map((warning) => warning.message).join(' ');
  notifications.show({ title, message, color: 'yellow', autoClose: false, closeButtonProps });
}

/** Says what failed, and why. It stays until it is closed. */
export function notifyFailed(title: string, problem: ApiProblem | ServerAway): void {
  notifications.show({ title, message: problem.message, color: 'red', autoClose: false, closeButtonProps });
}
