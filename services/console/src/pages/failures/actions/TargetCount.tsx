import { Skeleton, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { FailureFilters } from '../failure-filters.ts';
import { counted } from '../../../components/format-number.ts';
import { ProblemAlert } from '../../../components/ProblemAlert.tsx';
import { matchingFailuresQuery } from '../failure-list.ts';
import type { FailureTarget } from '../failure-target.ts';

interface Props {
  target: FailureTarget;
  state?: FailureFilters['state'];
}

/** The number of failures of an action; undefined until it is known. */
export function useTargetCount({ target, state }: Props) {
  const query = useQuery({
    ...matchingFailuresQuery({ ...(target.kind === 'filter' ? target.filter : {}), state }),
    enabled: target.kind === 'filter',
  });
  return { ...query, count: target.kind === 'filter' ? query.data : target.failures.length };
}

/** The number of failures of an action in words, with names if there are few. */
export function TargetCount({ target, state }: Props) {
  const { count, error, refetch } = useTargetCount({ target, state });
  if (error) {
    return <ProblemAlert title="Failed to count the failures" problem={error} onRetry={() => void refetch()} />;
  }
  if (count === undefined) return <Skeleton height={18} />;
  if (count === 0) return <Text size="sm">No failure matches any more.</Text>;
  const only = target.kind === 'selected' && count === 1 ? target.failures[0] : undefined;
  return (
    <Text size="sm">
      {only ? (
        <>
          <strong>{only.handlerName ?? only.handlerId}</strong> for object {only.objectId}, event{' '}
          <span className="mono">{only.eventId}</span>.
        </>
      ) : (
        <strong>{counted(count, 'failure')}.</strong>
      )}
    </Text>
  );
}
