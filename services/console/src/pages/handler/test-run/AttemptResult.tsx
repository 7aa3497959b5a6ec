import { Group, Paper, Stack, Text, Title } from '@mantine/core';
import type { AttemptResponse } from '#contracts';
import type { TestedAttemptView } from '../../../api/generated/schema.d.ts';
import { Duration } from '../../../components/Duration.tsx';
import { Fold } from '../../../components/Fold.tsx';
import { Id } from '../../../components/Id.tsx';
import { PageLink } from '../../../components/links.ts';
import { StatusBadge } from '../../../components/StatusBadge.tsx';
import { Time } from '../../../components/Time.tsx';
import classes from './AttemptResult.module.css';

/** How the attempt of a test ended, and all that the other side said. */
export function AttemptResult({ attempt }: { attempt: TestedAttemptView }) {
  const { outcome, reason, message, eventId } = attempt;
  // The API leaves open what there is of it: it is the other side's.
  const { http, script } = attempt.response as AttemptResponse;
  return (
    <Paper withBorder radius="lg" p="md" component="section" aria-label="The attempt">
      <Stack gap="sm">
        <Title order={2}>The attempt</Title>
        <Group gap="lg" role="status">
          <StatusBadge status={outcome} />
          {http && <Text size="sm">Status {http.status}</Text>}
          {script && <Text size="sm">{endOf(script)}</Text>}
          <Text size="sm">
            <Duration ms={attempt.durationMs} />
          </Text>
        </Group>
        {(reason ?? message) !== null && (
          <Text size="sm">
            {reason !== null && <span className="mono">{reason} </span>}
            {message}
          </Text>
        )}
        {http && <Output title="Body" text={http.body} isCut={http.truncated} />}
        {script && <Output title="stdout" text={script.stdout} isCut={script.truncated} />}
        {script && <Output title="stderr" text={script.stderr} isCut={script.truncated} />}
        <div>
          {http && (
            <Fold title="Headers" summary={`${Object.keys(http.headers).length} of the answer`}>
              <Output
                title="Headers of the answer"
                text={Object.entries(http.headers)
                  .map(([name, value]) => `${name}: ${value}`)
                  .join('\n')}
              />
            </Fold>
          )}
          <Fold title="Where and when">
            <Text size="sm" component="div">
              Begun <Time at={attempt.startedAt} />, by the executor <Id id={attempt.executorId} />, with revision{' '}
              {attempt.revision}. In the journal as a test of the event{' '}
              <PageLink to="/events/$eventId" params={{ eventId }} inherit className="mono" c="var(--accent-text)">
                {eventId}
              </PageLink>
              .
            </Text>
          </Fold>
        </div>
      </Stack>
    </Paper>
  );
}

function endOf({ exitCode, signal }: NonNullable<AttemptResponse['script']>): string {
  return exitCode === null ? `Ended by ${signal ?? 'a signal'}` : `Exit code ${exitCode}`;
}

function Output({ title, text, isCut = false }: { title: string; text: string; isCut?: boolean }) {
  return (
    <figure className={classes.output}>
      <figcaption>
        {title}
        {isCut && ', the first 64 KiB'}
      </figcaption>
      {text === '' ? (
        <Text size="sm" c="dimmed">
          nothing
        </Text>
      ) : (
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls has to scroll by keyboard too
        <pre tabIndex={0} aria-label={title} role="region">
          {text}
        </pre>
      )}
    </figure>
  );
}
