import { Alert, Button, Group, List, Text } from '@mantine/core';
import { ApiProblem, type ServerAway } from '../api/problem.ts';
import { AwayIcon } from './icons.tsx';

interface Props {
  problem: ApiProblem | ServerAway;
  /** What did not work: "Failed to load the handlers". */
  title: string;
  onRetry?: () => void;
}

/** What went wrong, in the registry's words, with every field that it names. */
export function ProblemAlert({ problem, title, onRetry }: Props) {
  const fields = problem instanceof ApiProblem ? problem.fields : [];
  return (
    <Alert role="alert" color="red" variant="outline" icon={<AwayIcon />} title={title}>
      <Text size="sm">{sentence(problem.message)}</Text>
      {fields.length > 0 && (
        <List size="sm" mt="xs">
          {fields.map(({ field, message }) => (
            <List.Item key={`${field} ${message}`}>
              {field !== '' && <span className="mono">{field} </span>}
              {message}
            </List.Item>
          ))}
        </List>
      )}
      {onRetry && (
        <Group mt="sm">
          <Button size="xs" variant="default" onClick={onRetry}>
            Try again
          </Button>
        </Group>
      )}
    </Alert>
  );
}

/** The registry begins its details in lower case, for logs. */
function sentence(text: string): string {
  const begun = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?]$/.test(begun) ? begun : `${begun}.`;
}
