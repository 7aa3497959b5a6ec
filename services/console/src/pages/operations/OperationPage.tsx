import { Alert, Skeleton, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { OperationView } from '#contracts/rest-api';
import { Facts } from '../../components/Facts.tsx';
import { formatNumber } from '../../components/format-number.ts';
import { Id } from '../../components/Id.tsx';
import { AwayIcon } from '../../components/icons.tsx';
import { PageLink } from '../../components/links.ts';
import { PageHeader } from '../../components/PageHeader.tsx';
import { ProblemAlert } from '../../components/ProblemAlert.tsx';
import { StatusBadge } from '../../components/StatusBadge.tsx';
import { Time } from '../../components/Time.tsx';
import { operationQuery } from './operation-list.ts';
import { canaryInWords, kindLabels, unitOf } from './operation-words.ts';
import { OperationCancel } from './OperationCancel.tsx';
import { OperationProgress } from './OperationProgress.tsx';
import { OperationSubject } from './OperationSubject.tsx';

const route = getRouteApi('/operations/$operationId');

/** One operation: subject, progress, canary and results. */
export function OperationPage() {
  const { operationId } = route.useParams();
  const { data: operation, error, refetch } = useQuery(operationQuery(operationId));
  return (
    <>
      <PageHeader
        title={operation ? kindLabels[operation.kind] : 'Operation'}
        description={
          operation && (
            <>
              Of <OperationSubject operation={operation} />.
            </>
          )
        }
        actions={operation && <OperationCancel operation={operation} />}
      />
      {error && <ProblemAlert title="Failed to load the operation" problem={error} onRetry={() => void refetch()} />}
      {!error && !operation && <Skeleton height={120} />}
      {operation && !error && (
        <Stack gap="lg">
          <OperationProgress operation={operation} />
          <Stopped operation={operation} />
          <OperationFacts operation={operation} />
          <NextPages operation={operation} />
        </Stack>
      )}
    </>
  );
}

/** Explains the end of an operation whose canary failed. */
function Stopped({ operation }: { operation: OperationView }) {
  if (operation.status !== 'stopped') return null;
  return (
    <Alert role="status" color="red" variant="outline" icon={<AwayIcon />} title="The canary failed">
      <Text size="sm">
        {canaryInWords(operation)}. Find the cause of the new failure, correct it, and start the operation again.
      </Text>
    </Alert>
  );
}

function OperationFacts({ operation }: { operation: OperationView }) {
  const { kind, perSecond, note, cancelledAt } = operation;
  return (
    <Facts
      facts={{
        Status: <StatusBadge status={operation.status} />,
        ID: <Id id={operation.id} />,
        Canary: canaryInWords(operation),
        Pace:
          perSecond === null ? '250 per second (default)' : `${formatNumber(perSecond)} ${unitOf(kind)}s per second`,
        'Requested by': operation.createdBy,
        Requested: <Time at={operation.createdAt} />,
        Started: <Time at={operation.startedAt} />,
        Finished: cancelledAt === null && <Time at={operation.finishedAt} />,
        Cancelled: cancelledAt !== null && <Time at={cancelledAt} />,
        Note: note,
      }}
    />
  );
}

/** Links to the pages that show the results. */
function NextPages({ operation: { id, kind, filter } }: { operation: OperationView }) {
  if (kind === 'replay') {
    return (
      <PageLink to="/replays/$replayId" params={{ replayId: id }} size="sm">
        Show the replayed events
      </PageLink>
    );
  }
  if (kind === 'resume') {
    return (
      <PageLink to="/failures" search={{ handlerId: filter.handlerId }} size="sm">
        Show the failures that are still open
      </PageLink>
    );
  }
  return (
    <PageLink to="/waiting" search={{ handlerId: filter.handlerId }} size="sm">
      Show the keys that still wait
    </PageLink>
  );
}
