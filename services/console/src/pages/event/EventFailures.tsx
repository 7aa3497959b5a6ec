import { Group, Stack, Title } from '@mantine/core';
import { useState } from 'react';
import type { FailureView } from '#contracts/rest-api';
import { ActionButton } from '../../components/ActionButton.tsx';
import { PageLink } from '../../components/links.ts';
import { Time } from '../../components/Time.tsx';
import { Until } from '../../components/Until.tsx';
import { FailureDialog, type AskedAction, type FailureAction } from '../failures/actions/FailureDialog.tsx';
import { Consequences } from '../failures/Consequences.tsx';
import { FailureReason } from '../failures/FailureReason.tsx';
import { FailureState } from '../failures/FailureState.tsx';
import classes from './EventFailures.module.css';

/** The failures of an event, each with its effects and actions. */
export function EventFailures({ failures }: { failures: readonly FailureView[] }) {
  const [asked, setAsked] = useState<AskedAction>();
  if (failures.length === 0) return null;
  const ask = (action: FailureAction, failure: FailureView): void =>
    setAsked({ action, target: { kind: 'selected', failures: [failure] } });
  return (
    <section>
      <Title order={2} mb="xs">
        Failures
      </Title>
      <ul className={classes.list} aria-label="Failures">
        {failures.map((failure) => (
          <Failure key={failure.executionId} failure={failure} onAsk={(action) => ask(action, failure)} />
        ))}
      </ul>
      <FailureDialog asked={asked} onClose={() => setAsked(undefined)} />
    </section>
  );
}

function Failure({ failure, onAsk }: { failure: FailureView; onAsk: (action: FailureAction) => void }) {
  const { handlerId, handlerName, failedAt, attempts, state, settledAs } = failure;
  const quiet = { needs: 'operator', variant: 'default', size: 'compact-xs' } as const;
  return (
    <li className={classes.failure}>
      <div>
        <PageLink to="/handlers/$handlerId" params={{ handlerId }} inherit fw={550} c="var(--accent-text)">
          {handlerName ?? handlerId}
        </PageLink>
        <FailureReason failure={failure} />
        <Consequences failure={failure} />
        <div className={classes.small}>
          {attempts === 1 ? '1 attempt' : `${String(attempts)} attempts`}, failed <Until at={failedAt} />,{' '}
          <Time at={failedAt} />
        </div>
      </div>
      <Stack gap="xs">
        <FailureState failure={failure} />
        <Group gap={6}>
          {state === 'open' && (
            <>
              <ActionButton {...quiet} onClick={() => onAsk('settle')}>
                Settle…
              </ActionButton>
              <ActionButton {...quiet} onClick={() => onAsk('assign')}>
                Assign…
              </ActionButton>
            </>
          )}
          {state === 'settled' && settledAs !== 'succeeded' && (
            <ActionButton {...quiet} onClick={() => onAsk('reopen')}>
              Reopen…
            </ActionButton>
          )}
        </Group>
      </Stack>
    </li>
  );
}
