import { Title } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { ActionButton } from '../../../components/ActionButton.tsx';
import { isReplayable } from '../../events/selection.ts';
import type { ReplayTarget } from '../../replays/replay-target.ts';
import { ReplayDialog } from '../../replays/ReplayDialog.tsx';
import type { ShownEvent } from '../event-details.ts';
import { EditDialog } from './EditDialog.tsx';
import { ResumeDialog } from './ResumeDialog.tsx';
import classes from './RunAgain.module.css';

interface Props {
  event: ShownEvent;
  /** Whether it has an open failure. */
  hasOpenFailure: boolean;
}

/** The ways to run an event again, with the differences between them. */
export function RunAgain({ event, hasOpenFailure }: Props) {
  const [dialog, setDialog] = useState<'resume' | 'edit'>();
  const [target, setTarget] = useState<ReplayTarget>();
  if (!isReplayable(event)) return null;
  const close = (): void => setDialog(undefined);
  return (
    <section>
      <Title order={2} mb="xs">
        Run again
      </Title>
      <ul className={classes.ways} aria-label="Run again">
        {hasOpenFailure && !event.waiting && (
          <Way
            text="Continues where the event stopped, with the same execution IDs and in the turn of its key. Only failed and skipped handlers run."
            button={
              <ActionButton needs="operator" size="xs" onClick={() => setDialog('resume')}>
                Resume…
              </ActionButton>
            }
          />
        )}
        <Way
          text="Runs all enabled handlers again, with new execution IDs. Targets cannot recognise repeats."
          button={
            <ActionButton
              needs="operator"
              variant="default"
              size="xs"
              onClick={() => setTarget({ kind: 'events', events: [event] })}
            >
              Replay…
            </ActionButton>
          }
        />
        <Way
          text="Runs a changed copy of the event. The copy is recorded as a new event that links to this one."
          button={
            <ActionButton needs="operator" variant="default" size="xs" onClick={() => setDialog('edit')}>
              Edit and replay…
            </ActionButton>
          }
        />
      </ul>
      <ResumeDialog event={event} isOpen={dialog === 'resume'} onClose={close} />
      <EditDialog event={event} isOpen={dialog === 'edit'} onClose={close} />
      <ReplayDialog target={target} onClose={() => setTarget(undefined)} />
    </section>
  );
}

function Way({ button, text }: { button: ReactNode; text: string }) {
  return (
    <li className={classes.way}>
      <div>{button}</div>
      <span>{text}</span>
    </li>
  );
}
