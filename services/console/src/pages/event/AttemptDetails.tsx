import { Stack, Text } from '@mantine/core';
import { indentJson } from '#contracts';
import type { AttemptView, EventExecutionView } from '#contracts/rest-api';
import { Duration } from '../../components/Duration.tsx';
import { Facts } from '../../components/Facts.tsx';
import { Id } from '../../components/Id.tsx';
import { PageLink } from '../../components/links.ts';
import { LongText } from '../../components/LongText.tsx';
import { reachedInWords } from '../../components/reached.ts';
import { shownAnswer } from '../../components/task-types.tsx';
import { Time } from '../../components/Time.tsx';
import { attemptReason } from '../../components/reasons.ts';

type TaskType = EventExecutionView['taskType'];

const cutShort = 'the first 64 KiB';

/** All that is known of one attempt. */
export function AttemptDetails({ attempt, taskType }: { attempt: AttemptView; taskType: TaskType }) {
  const words = attemptReason(attempt.reason);
  const answer = shownAnswer(attempt.response);
  return (
    <Stack gap="sm">
      {(attempt.reason ?? attempt.message) !== null && (
        <Text size="sm">
          {words?.meaning}{' '}
          <Text span c="dimmed">
            {attempt.message} {attempt.reason !== null && <span className="mono">({attempt.reason})</span>}
          </Text>
        </Text>
      )}
      <Text size="sm">{reachedInWords(attempt.reached, taskType)}</Text>
      <Facts
        facts={{
          Started: <Time at={attempt.startedAt} />,
          Duration: <Duration ms={attempt.durationMs} />,
          'Next attempt': attempt.nextAttemptAt !== null && (
            <>
              not before <Time at={attempt.nextAttemptAt} />
            </>
          ),
          ...(answer && { [answer.end.name]: answer.end.value }),
          Revision: attempt.revision,
          Executor: (
            <PageLink to="/executors" inherit className="mono" title={attempt.executorId}>
              …{attempt.executorId.slice(-8)}
            </PageLink>
          ),
          ID: <Id id={attempt.id} />,
        }}
      />
      <Answer answer={answer} />
    </Stack>
  );
}

function Answer({ answer }: { answer: ReturnType<typeof shownAnswer> }) {
  if (!answer) return <Text size="sm">No answer.</Text>;
  return (
    <>
      {answer.headers && <LongText label="Response headers" text={answer.headers.join('\n')} />}
      {answer.texts.map(({ label, text, isCut, isData }) => (
        <LongText
          key={label}
          label={label}
          text={isData ? indented(text) : text}
          note={text === '' ? 'empty' : isCut ? cutShort : undefined}
        />
      ))}
    </>
  );
}

/** JSON is shown with line breaks; anything else stays as it is. */
function indented(text: string): string {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' ? indentJson(text) : text;
  } catch {
    return text;
  }
}
