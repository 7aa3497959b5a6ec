import { Group, Paper, Stack, Text, Title } from '@mantine/core';
import type { TestedAttemptView } from '#contracts/rest-api';
import { Duration } from '../../../components/Duration.tsx';
import { Fold } from '../../../components/Fold.tsx';
import { Id } from '../../../components/Id.tsx';
import { PageLink } from '../../../components/links.ts';
import { attemptReason } from '../../../components/reasons.ts';
import { StatusBadge } from '../../../components/StatusBadge.tsx';
import { shownAnswer } from '../../../components/task-types.tsx';
import { Time } from '../../../components/Time.tsx';
import classes from './AttemptResult.module.css';

/** How the attempt of a test ended, and all that the other side said. */
export function AttemptResult({ attempt }: { attempt: TestedAttemptView }) {
  const { outcome, reason, message, eventId } = attempt;
  const answer = shownAnswer(attempt.response);
  return (
    <Paper withBorder radius="lg" p="md" component="section" aria-label="Result">
      <Stack gap="sm">
        <Title order={2}>Result</Title>
        <Group gap="lg" role="status">
          <StatusBadge status={outcome} />
          {answer && <Text size="sm">{answer.end.words}</Text>}
          <Text size="sm">
            <Duration ms={attempt.durationMs} />
          </Text>
        </Group>
        {(reason ?? message) !== null && (
          <Text size="sm">
            {attemptReason(reason)?.meaning} {message}
          </Text>
        )}
        {answer?.texts.map(({ title, text, isCut }) => (
          <Output key={title} title={title} text={text} isCut={isCut} />
        ))}
        <div>
          {answer?.headers && (
            <Fold title="Headers" summary={String(answer.headers.length)}>
              <Output title="Response headers" text={answer.headers.join('\n')} />
            </Fold>
          )}
          <Fold title="Details">
            <Text size="sm" component="div">
              Started <Time at={attempt.startedAt} /> by the executor <Id id={attempt.executorId} />, revision{' '}
              {attempt.revision}. Event{' '}
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

function Output({ title, text, isCut = false }: { title: string; text: string; isCut?: boolean }) {
  return (
    <figure className={classes.output}>
      <figcaption>
        {title}
        {isCut && ', the first 64 KiB'}
      </figcaption>
      {text === '' ? (
        <Text size="sm" c="dimmed">
          empty
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
