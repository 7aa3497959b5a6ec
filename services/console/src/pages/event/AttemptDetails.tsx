import { Stack, Text } from '@mantine/core';
import type { AttemptResponse } from '#contracts';
import type { AttemptView } from '../../api/generated/schema.d.ts';
import { Duration } from '../../components/Duration.tsx';
import { Facts } from '../../components/Facts.tsx';
import { Id } from '../../components/Id.tsx';
import { PageLink } from '../../components/links.ts';
import { LongText } from '../../components/LongText.tsx';
import { Time } from '../../components/Time.tsx';
import { meaningOf } from './outcome-reasons.ts';

const cutShort = 'cut short: no more of it is kept';

/** All that is known of one attempt. */
export function AttemptDetails({ attempt }: { attempt: AttemptView }) {
  const meaning = meaningOf(attempt.reason);
  return (
    <Stack gap="sm">
      {attempt.reason !== null && (
        <Text size="sm">
          <span className="mono">{attempt.reason}</span>
          {meaning !== undefined && `: ${meaning}`}
          {attempt.message !== null && (
            <Text span c="dimmed">
              {' '}
              {attempt.message}
            </Text>
          )}
        </Text>
      )}
      <Facts
        facts={{
          Started: <Time at={attempt.startedAt} />,
          Duration: <Duration ms={attempt.durationMs} />,
          'Next attempt': attempt.nextAttemptAt !== null && (
            <>
              not before <Time at={attempt.nextAttemptAt} />
            </>
          ),
          ...answerFacts(attempt.response),
          Revision: attempt.revision,
          Executor: (
            <PageLink to="/executors" inherit className="mono" title={attempt.executorId}>
              …{attempt.executorId.slice(-8)}
            </PageLink>
          ),
          ID: <Id id={attempt.id} />,
        }}
      />
      <Answer response={attempt.response} />
    </Stack>
  );
}

function answerFacts({ http, script }: AttemptResponse): Record<string, string> {
  if (http) return { 'Response status': String(http.status) };
  if (!script) return {};
  return script.signal === null ? { 'Exit code': String(script.exitCode ?? '?') } : { Signal: script.signal };
}

function Answer({ response: { http, script } }: { response: AttemptResponse }) {
  if (http) {
    return (
      <>
        <LongText label="Response headers" text={headerLines(http.headers)} />
        <LongText label="Response body" text={indented(http.body)} note={http.truncated ? cutShort : undefined} />
      </>
    );
  }
  if (!script) return <Text size="sm">Nothing was answered.</Text>;
  const note = script.truncated ? cutShort : undefined;
  return (
    <>
      <LongText label="Standard output" text={script.stdout} note={script.stdout === '' ? 'empty' : note} />
      <LongText label="Standard error" text={script.stderr} note={script.stderr === '' ? 'empty' : note} />
    </>
  );
}

function headerLines(headers: Readonly<Record<string, string>>): string {
  return Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}`)
    .join('\n');
}

/** JSON that came as one line is read more easily with some; anything else stays as it is. */
function indented(body: string): string {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' ? JSON.stringify(value, null, 2) : body;
  } catch {
    return body;
  }
}
