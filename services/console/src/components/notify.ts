import { notifications } from '@mantine/notifications';
import type { ApiProblem, ServerAway } from '../api/problem.ts';

const closeButtonProps = { 'aria-label': 'Close' };

/** Says that something has been done: "Create SIP account is disabled". It goes by itself. */
export function notifyDone(message: string): void {
  notifications.show({ message, color: 'petrol', autoClose: 5_000, closeButtonProps });
}

/** Says what was done, but is likely a mistake. It stays until it is closed. */
export function notifyWarned(title: string, warnings: readonly { message: string }[]): void {
  const message = warnings.map((warning) => warning.message).join(' ');
  notifications.show({ title, message, color: 'yellow', autoClose: false, closeButtonProps });
}

/** Says what could not be done, and why. It stays until it is closed. */
export function notifyFailed(title: string, problem: ApiProblem | ServerAway): void {
  notifications.show({ title, message: problem.message, color: 'red', autoClose: false, closeButtonProps });
}
