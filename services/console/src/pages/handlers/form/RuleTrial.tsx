import { Button, List, Stack, Text } from '@mantine/core';
import { PageLink } from '../../../components/links.ts';
import { shownAnswer } from '../../../components/task-types.tsx';
import { Time } from '../../../components/Time.tsx';
import { useHandlerFormContext } from './form-context.ts';
import { useRuleTrial, type TriedAnswer } from './rule-trial.ts';

/** Tries the rules on the handler's latest answers, before they decide about any. */
export function RuleTrial({ handlerId }: { handlerId: string }) {
  const form = useHandlerFormContext();
  const trial = useRuleTrial(handlerId);
  return (
    <Stack gap="xs">
      <Button
        variant="default"
        size="xs"
        style={{ alignSelf: 'flex-start' }}
        loading={trial.isPending}
        onClick={() => trial.mutate(form.values)}
      >
        Try on the latest answers
      </Button>
      <div role="status">
        {trial.error && <Text size="sm">The rules could not be tried: {trial.error.message}</Text>}
        {trial.data?.length === 0 && <Text size="sm">This handler has no answers yet.</Text>}
        {trial.data && trial.data.length > 0 && (
          <List size="sm" spacing={4}>
            {trial.data.map((tried) => (
              <List.Item key={tried.attempt.id}>
                <Tried tried={tried} />
              </List.Item>
            ))}
          </List>
        )}
      </div>
    </Stack>
  );
}

function Tried({ tried: { attempt, eventId, judgement } }: { tried: TriedAnswer }) {
  const answer = shownAnswer(attempt.response);
  const { rule, faults } = judgement;
  return (
    <>
      <PageLink to="/events/$eventId" params={{ eventId }} inherit c="var(--accent-text)">
        {answer?.end.words ?? 'Answer'}
      </PageLink>
      , <Time at={attempt.startedAt} />: {rule === null ? 'no rule is true' : `rule ${rule + 1} decides`}
      {faults.map(({ field, message }) => (
        <Text key={`${field} ${message}`} size="sm" c="dimmed" component="div">
          <span className="mono">{field}</span> {message}
        </Text>
      ))}
    </>
  );
}
