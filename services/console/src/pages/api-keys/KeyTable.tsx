import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { ApiKeyView } from '#contracts/rest-api';
import { ActionButton } from '../../components/ActionButton.tsx';
import { useConfirm } from '../../components/confirm.ts';
import { DataTable, type Column } from '../../components/DataTable.tsx';
import { StatusBadge } from '../../components/StatusBadge.tsx';
import { Time } from '../../components/Time.tsx';
import { roles } from '../../session/role.ts';
import { useSession } from '../../session/session.ts';
import { useRevokeKey } from './api-keys.ts';
import { stateOf } from './key-state.ts';

interface Props {
  /** Undefined while they are read for the first time. */
  keys: readonly ApiKeyView[] | undefined;
  now: Date;
  empty: ReactNode;
}

export function KeyTable({ keys, now, empty }: Props) {
  return <DataTable label="API keys" columns={columnsAt(now)} rows={keys} rowKey={({ id }) => id} empty={empty} />;
}

function columnsAt(now: Date): readonly Column<ApiKeyView>[] {
  return [
    {
      title: 'Name',
      cell: (key) => (
        <div>
          <Text span size="sm" fw={550} lineClamp={1} title={key.name}>
            {key.name}
          </Text>
          <OwnMark id={key.id} />
        </div>
      ),
    },
    { title: 'Role', cell: ({ role }) => <span title={roles[role]}>{role}</span> },
    {
      title: 'Begins with',
      cell: ({ prefix }) => (prefix === null ? 'set by BOOTSTRAP_API_KEY' : <span className="mono">{prefix}</span>),
    },
    { title: 'Status', cell: (key) => <StatusBadge status={stateOf(key, now)} /> },
    { title: 'Created', cell: ({ createdAt }) => <Time at={createdAt} />, isSecondary: true },
    { title: 'Last used', cell: ({ lastUsedAt }) => (lastUsedAt === null ? 'never' : <Time at={lastUsedAt} />) },
    {
      title: 'Expires',
      cell: ({ expiresAt, revokedAt }) =>
        expiresAt === null && revokedAt === null ? 'never' : <Time at={revokedAt ?? expiresAt} />,
    },
    { title: 'Revoke', cell: (key) => (key.revokedAt === null ? <Revoke apiKey={key} /> : null), width: '6rem' },
  ];
}

function OwnMark({ id }: { id: string }) {
  const session = useSession();
  if (session.id !== id) return null;
  return (
    <Text size="xs" c="dimmed">
      you are signed in with this key
    </Text>
  );
}

function Revoke({ apiKey }: { apiKey: ApiKeyView }) {
  const revoke = useRevokeKey();
  const confirm = useConfirm();
  const isOwn = useSession().id === apiKey.id;
  const ask = async (): Promise<void> => {
    const body =
      `Requests with ${apiKey.prefix ?? 'this key'} (${apiKey.role}) are refused from now on, ` +
      'and its sessions end. This cannot be undone.';
    const question = {
      title: `Revoke the key ${apiKey.name}?`,
      body: isOwn ? `${body} You are signed in with this key, so you are signed out, too.` : body,
      action: 'Revoke',
      isDestructive: true,
    };
    if (await confirm(question)) revoke.mutate(apiKey);
  };
  return (
    <ActionButton
      needs="admin"
      size="compact-xs"
      variant="default"
      aria-label={`Revoke ${apiKey.name}`}
      loading={revoke.isPending}
      onClick={() => void ask()}
    >
      Revoke
    </ActionButton>
  );
}
