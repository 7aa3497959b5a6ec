import { Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { taskTraits, type HandlerField } from '#contracts';
import type { HandlerView } from '#contracts/rest-api';
import { Duration } from '../../components/Duration.tsx';
import { EventName } from '../../components/EventName.tsx';
import { windowInWords } from '../../components/holds/hold-words.ts';
import { Id } from '../../components/Id.tsx';
import { MonoLines } from '../../components/MonoLines.tsx';
import { StatusBadge } from '../../components/StatusBadge.tsx';
import { taskTypeEntry } from '../../components/task-types.tsx';
import { Time } from '../../components/Time.tsx';
import { eventFormatNames } from '../handlers/form/event-formats.ts';
import { failurePolicies } from '../handlers/form/failure-policies.ts';
import { retryTimes } from '../handlers/form/retry-times.ts';
import classes from './SettingsPanel.module.css';
import { SigningSecrets } from './SigningSecrets.tsx';

/** Names and values, in the order in which they are shown; what is false is left out. */
type Settings = Readonly<Record<string, ReactNode>>;

/** What each field says of a handler, in the order in which it is shown. */
const settingsOf: Readonly<Record<HandlerField, (handler: HandlerView) => Settings>> = {
  // It is the title of the page.
  name: () => ({}),
  status: ({ status }) => ({ Status: <StatusBadge status={status} /> }),
  event: ({ event }) => ({ Event: <EventName event={event} /> }),
  condition: ({ condition }) => ({
    Condition: condition !== null && <code className={`mono ${classes.lines}`}>{condition}</code>,
  }),
  lasting: ({ lasting }) => ({ Lasting: lasting !== null && `Runs when the trouble has lasted ${lasting}` }),
  priority: ({ priority }) => ({ Priority: priority }),
  task: ({ task }) => taskTypeEntry(task.type).settings(task),
  timeoutMs: ({ timeoutMs }) => ({ Timeout: <Duration ms={timeoutMs} /> }),
  retry: ({ retry }) => ({ Retries: retryTimes(retry.maxAttempts, retry.schedule) }),
  onFailure: ({ onFailure }) => {
    const { name, meaning } = failurePolicies[onFailure];
    return { 'On failure': `${name}. ${meaning}` };
  },
  maxConcurrency: ({ maxConcurrency }) => ({ Concurrency: `${maxConcurrency} calls per executor` }),
  format: ({ format }) => ({ Format: format !== undefined && eventFormatNames[format] }),
  outcomes: ({ outcomes }) => ({
    Outcomes: outcomes.length > 0 && (
      <MonoLines
        lines={outcomes.map(({ when, outcome, reason }) => `${when} → ${outcome}${reason ? ` (${reason})` : ''}`)}
      />
    ),
  }),
  keep: ({ keep }) => ({
    'Kept values': Object.keys(keep).length > 0 && (
      <MonoLines lines={Object.entries(keep).map(([name, expression]) => `${name}: ${expression}`)} />
    ),
  }),
  windows: ({ windows }) => ({
    'Weekly windows': windows.length > 0 && <MonoLines lines={windows.map(windowInWords)} />,
  }),
  releasePerSecond: ({ releasePerSecond }) => ({ 'After a hold': `${releasePerSecond} events per second at most` }),
  description: ({ description }) => ({
    Description: description.trim() !== '' && <span className={classes.lines}>{description}</span>,
  }),
};

/** All that is set of a handler, in words. */
export function SettingsPanel({ handler }: { handler: HandlerView }) {
  const settings: Settings = {
    ID: <Id id={handler.id} />,
    ...(Object.assign({}, ...Object.values(settingsOf).map((of) => of(handler))) as Settings),
    Created: <Time at={handler.createdAt} />,
    Changed: (
      <>
        <Time at={handler.updatedAt} />, version {handler.version}
      </>
    ),
  };
  return (
    <Stack gap="md">
      <dl className={classes.settings}>
        {Object.entries(settings)
          .filter(([, value]) => value !== false)
          .map(([name, value]) => (
            <div key={name} className={classes.setting}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
      {taskTraits[handler.task.type].isSignable && <SigningSecrets handler={handler} />}
    </Stack>
  );
}
