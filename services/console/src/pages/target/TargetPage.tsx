import { Skeleton, Stack, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { TargetView } from '#contracts/rest-api';
import { Facts } from '../../components/Facts.tsx';
import { HoldNotice } from '../../components/holds/HoldNotice.tsx';
import { windowInWords } from '../../components/holds/hold-words.ts';
import { Id } from '../../components/Id.tsx';
import { MonoLines } from '../../components/MonoLines.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { ProblemAlert } from '../../components/ProblemAlert.tsx';
import { Time } from '../../components/Time.tsx';
import { useTargetDialog } from '../targets/form/use-target-dialog.tsx';
import { targetQuery } from '../targets/target-list.ts';
import { authInWords, limitsInWords } from '../targets/target-words.ts';
import { TargetActions } from './TargetActions.tsx';
import { TargetHandlers } from './TargetHandlers.tsx';
import { TargetHealth } from './TargetHealth.tsx';

const route = getRouteApi('/targets/$targetId');

/** One target: its health, its handlers and its settings. */
export function TargetPage() {
  const { targetId } = route.useParams();
  const { data: target, error, refetch } = useQuery(targetQuery(targetId));
  const { open, dialog } = useTargetDialog();
  return (
    <>
      <PageHeader
        title={target?.name ?? 'Target'}
        description={target && (target.description.trim() === '' ? target.baseUrl : target.description)}
        actions={target && <TargetActions target={target} onEdit={() => open(target)} />}
      />
      {error && <ProblemAlert title="Failed to load the target" problem={error} onRetry={() => void refetch()} />}
      {!target && !error && <Skeleton height={240} radius="lg" aria-label="Loading" />}
      {target && (
        <Stack gap="lg">
          <HoldNotice type="target" id={target.id} />
          <TargetHealth target={target} />
          <TargetHandlers targetId={target.id} />
          <Settings target={target} />
        </Stack>
      )}
      {dialog}
    </>
  );
}

function Settings({ target }: { target: TargetView }) {
  const { headers, tls, windows } = target;
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  const certificates = [
    tls?.ca !== undefined && 'own CA certificates',
    tls?.certificate !== undefined && 'client certificate',
  ].filter((each) => each !== false);
  return (
    <section aria-label="Settings">
      <Title order={2} size="h4" mb="sm">
        Settings
      </Title>
      <Facts
        facts={{
          ID: <Id id={target.id} />,
          'Base URL': <span className="mono">{target.baseUrl}</span>,
          Authentication: authInWords(target.auth),
          'Token URL': target.auth?.type === 'oauth2_client_credentials' && (
            <span className="mono">{target.auth.tokenUrl}</span>
          ),
          Headers: lines.length > 0 && <MonoLines lines={lines} />,
          Certificates: certificates.length > 0 && certificates.join(', '),
          Limits: limitsInWords(target),
          'Weekly windows': windows.length > 0 && <MonoLines lines={windows.map(windowInWords)} />,
          'After a hold': `${target.releasePerSecond} events per second at most`,
          Created: <Time at={target.createdAt} />,
          Changed: (
            <>
              <Time at={target.updatedAt} />, version {target.version}
            </>
          ),
        }}
      />
    </section>
  );
}
