import { Group, NativeSelect, Paper, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import type { HandlerView, SigningSecretView } from '#contracts/rest-api';
import { ActionButton } from '../../components/ActionButton.tsx';
import { useConfirm } from '../../components/confirm.ts';
import { DataTable, type Column } from '../../components/DataTable.tsx';
import { Id } from '../../components/Id.tsx';
import { ShownOnce } from '../../components/ShownOnce.tsx';
import { Time } from '../../components/Time.tsx';
import { useSecretMaking, useSecretRevoking } from './signing-secrets.ts';

const overlaps = [
  { value: '24h', label: '24 hours' },
  { value: '7d', label: '7 days' },
  { value: '0s', label: 'None: it has leaked' },
];

/** The secrets that the calls of a handler are signed with: they are made, replaced and revoked here. */
export function SigningSecrets({ handler }: { handler: HandlerView }) {
  const { name, signingSecrets = [] } = handler;
  const [overlap, setOverlap] = useState('24h');
  const making = useSecretMaking(handler);
  const revoking = useSecretRevoking(handler);
  const confirm = useConfirm();
  const isFirst = signingSecrets.length === 0;
  const make = async (): Promise<void> => {
    const isHarmless = isFirst || overlap !== '0s';
    const body =
      `Calls of ${name} are signed with the new secret only. ` + 'The target refuses them until it has the new secret.';
    const question = { title: 'Replace the secret at once?', body, action: 'Replace', isDestructive: true };
    if (isHarmless || (await confirm(question))) making.mutate(overlap);
  };
  const revoke = async (secret: SigningSecretView): Promise<void> => {
    const rest = signingSecrets.length - 1;
    const body =
      rest === 0
        ? `It is the last secret of ${name}: its calls are no longer signed.`
        : `Calls of ${name} are signed with the remaining ${rest === 1 ? 'secret' : `${rest} secrets`} only. A target without it refuses them.`;
    const title = `Revoke the secret …${secret.id.slice(-8)}?`;
    if (await confirm({ title, body, action: 'Revoke', isDestructive: true })) revoking.mutate(secret.id);
  };
  const columns: readonly Column<SigningSecretView>[] = [
    { title: 'ID', cell: ({ id }) => <Id id={id} /> },
    { title: 'Created', cell: ({ createdAt }) => <Time at={createdAt} /> },
    {
      title: 'Expires',
      cell: ({ expiresAt }) => (expiresAt === null ? 'when replaced' : <Time at={expiresAt} />),
    },
    {
      title: 'Action',
      cell: (secret) => (
        <ActionButton needs="admin" variant="default" size="compact-xs" onClick={() => void revoke(secret)}>
          Revoke
        </ActionButton>
      ),
      width: '6rem',
    },
  ];
  return (
    <Paper withBorder radius="lg" p="md" component="section" aria-label="Signing">
      <Stack gap="sm">
        <div>
          <Title order={2}>Signing</Title>
          <Text size="sm" c="dimmed">
            {isFirst
              ? 'Calls are not signed. With a secret, the target can verify that Provisor sent them (Standard Webhooks, v1).'
              : 'Calls are signed with each of these secrets (Standard Webhooks, v1).'}
          </Text>
        </div>
        {making.data && <ShownOnce title={`New signing secret of ${name}`} secret={making.data.secret} />}
        {!isFirst && (
          <DataTable
            label="Signing secrets"
            columns={columns}
            rows={signingSecrets}
            rowKey={({ id }) => id}
            empty={null}
          />
        )}
        <Group align="flex-end" gap="xs">
          {!isFirst && (
            <NativeSelect
              label="Old secret stays valid for"
              data={overlaps}
              value={overlap}
              onChange={({ currentTarget }) => setOverlap(currentTarget.value)}
            />
          )}
          <ActionButton needs="admin" variant="default" loading={making.isPending} onClick={() => void make()}>
            {isFirst ? 'Create a secret' : 'Replace the secret'}
          </ActionButton>
        </Group>
      </Stack>
    </Paper>
  );
}
