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
        description="Keys for the API and this console. A key is shown only once, when it is created."
        actions={
          <ActionButton needs="admin" onClick={open}>
            New API key
          </ActionButton>
        }
      />
      {error && <ProblemAlert title="Failed to load the API keys" problem={error} onRetry={() => void refetch()} />}
      {!error && (
        <>
          <Switch
            size="sm"
            mb="sm"
            label={`Show expired and revoked keys${past > 0 ? ` (${past})` : ''}`}
            checked={show === 'all'}
            onChange={({ currentTarget }) =>
              void navigate({ search: { show: currentTarget.checked ? 'all' : undefined } })
            }
          />
          <KeyTable
            keys={show === 'all' ? data?.items : usable}
            now={now}
            empty={<Empty title="No active API keys">Keys that programs and people use appear here.</Empty>}
          />
        </>
      )}
      <NewKeyDialog isOpen={isMaking} onClose={close} />
    </>
  );
}
