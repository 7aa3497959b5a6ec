import { Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { secretMark } from '#contracts';
import type { HandlerView, HttpTaskView, ScriptTaskView } from '../../api/generated/schema.d.ts';
import { Duration } from '../../components/Duration.tsx';
import { Id } from '../../components/Id.tsx';
import { StatusBadge } from '../../components/StatusBadge.tsx';
import { Time } from '../../components/Time.tsx';
import { eventFormatNames } from '../handlers/form/event-formats.ts';
import { failurePolicies } from '../handlers/form/failure-policies.ts';
import { retryTimes } from '../handlers/form/retry-times.ts';
import classes from './SettingsPanel.module.css';
import { SigningSecrets } from './SigningSecrets.tsx';

/** All that is set of a handler, in words. */
export function SettingsPanel({ handler }: { handler: HandlerView }) {
  const { task, retry, onFailure } = handler;
  return (
    <Stack gap="md">
      <dl className={classes.settings}>
        <Setting name="ID">
          <Id id={handler.id} />
        </Setting>
        <Setting name="Status">
          <StatusBadge status={handler.status} />
        </Setting>
        <Setting name="Event">
          <span className="mono">{handler.event}</span>
        </Setting>
        {handler.condition !== null && (
          <Setting name="Condition">
            <code className={`mono ${classes.lines}`}>{handler.condition}</code>
          </Setting>
        )}
        <Setting name="Priority">{handler.priority}</Setting>
        {task.type === 'script' ? <ScriptSettings task={task} /> : <HttpSettings task={task} />}
        <Setting name="Timeout">
          <Duration ms={handler.timeoutMs} />
        </Setting>
        <Setting name="Retries">{retryTimes(retry.maxAttempts, retry.schedule)}</Setting>
        <Setting name="On failure">
          {failurePolicies[onFailure].name}. {failurePolicies[onFailure].meaning}
        </Setting>
        <Setting name="Concurrency">{handler.maxConcurrency} calls at a time on each executor</Setting>
        {handler.format && <Setting name="Format">{eventFormatNames[handler.format]}</Setting>}
        {handler.description.trim() !== '' && (
          <Setting name="Description">
            <span className={classes.lines}>{handler.description}</span>
          </Setting>
        )}
        <Setting name="Made">
          <Time at={handler.createdAt} />
        </Setting>
        <Setting name="Changed">
          <Time at={handler.updatedAt} />, version {handler.version}
        </Setting>
      </dl>
      {task.type === 'http' && <SigningSecrets handler={handler} />}
    </Stack>
  );
}

function ScriptSettings({ task: { path, args, mode } }: { task: ScriptTaskView }) {
  return (
    <>
      <Setting name="Script">
        <span className="mono">{path}</span>
      </Setting>
      {args.length > 0 && (
        <Setting name="Arguments">
          <Lines of={args} />
        </Setting>
      )}
      <Setting name="Mode">
        {mode === 'once' ? 'Once: a process for each event' : 'Persistent: it stays up, and takes one event a line'}
      </Setting>
    </>
  );
}

function HttpSettings({ task: { method, url, headers, tls = {} } }: { task: HttpTaskView }) {
  const names = Object.keys(headers);
  const certificates = [
    tls.ca !== undefined && 'authorities of its own',
    tls.certificate !== undefined && 'a client certificate',
  ].filter((each) => each !== false);
  return (
    <>
      <Setting name="Target">
        <span className="mono">
          {method} {url}
        </span>
      </Setting>
      {names.length > 0 && (
        <Setting name="Headers">
          <Lines
            of={names.map(
              (name) => `${name}: ${headers[name] === secretMark ? `${secretMark} (kept)` : headers[name]}`,
            )}
          />
        </Setting>
      )}
      {certificates.length > 0 && <Setting name="Certificates">{certificates.join(', ')}</Setting>}
    </>
  );
}

function Lines({ of: lines }: { of: readonly string[] }) {
  return (
    <ul className={classes.list}>
      {lines.map((line, index) => (
        <li key={`${index} ${line}`} className="mono">
          {line}
        </li>
      ))}
    </ul>
  );
}

function Setting({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className={classes.setting}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
