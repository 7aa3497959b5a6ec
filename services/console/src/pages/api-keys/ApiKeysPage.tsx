import { Switch } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { ActionButton } from '../../components/ActionButton.tsx';
import { Empty } from '../../components/Empty.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { ProblemAlert } from '../../components/ProblemAlert.tsx';
import { apiKeysQuery } from './api-keys.ts';
import { stateOf } from './key-state.ts';
import { KeyTable } from './KeyTable.tsx';
import { NewKeyDialog } from './NewKeyDialog.tsx';

const route = getRouteApi('/api-keys');

/** The keys that open the API and the console. */
export function ApiKeysPage() {
  const { show } = route.useSearch();
  const navigate = route.useNavigate();
  const { data, error, refetch, dataUpdatedAt } = useQuery(apiKeysQuery);
  const [isMaking, { open, close }] = useDisclosure(false);
  const now = new Date(dataUpdatedAt);
  const usable = data?.items.filter((key) => stateOf(key, now) === 'active');
  const past = (data?.items.length ?? 0) - (usable?.length ?? 0);
  return (
    <>
      <PageHeader
        title="API keys"
        description="They open the API and this console. Each shows here how it begins, and never as a whole."
        actions={
          <ActionButton needs="admin" onClick={open}>
            New API key
          </ActionButton>
        }
      />
      {error && <ProblemAlert title="The API keys could not be read" problem={error} onRetry={() => void refetch()} />}
      {!error && (
        <>
          <Switch
            size="sm"
            mb="sm"
            label={`Also those that have expired or were revoked${past > 0 ? ` (${past})` : ''}`}
            checked={show === 'all'}
            onChange={({ currentTarget }) =>
              void navigate({ search: { show: currentTarget.checked ? 'all' : undefined } })
            }
          />
          <KeyTable
            keys={show === 'all' ? data?.items : usable}
            now={now}
            empty={<Empty title="No key opens anything">You are signed in by other means.</Empty>}
          />
        </>
      )}
      <NewKeyDialog isOpen={isMaking} onClose={close} />
    </>
  );
}
