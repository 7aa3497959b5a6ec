import { Alert, Button, Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { HandlerView } from '../../../api/generated/schema.d.ts';
import { changesBetween } from '../../../components/field-changes.ts';
import { AwayIcon } from '../../../components/icons.tsx';
import { Time } from '../../../components/Time.tsx';
import { handlerQuery } from '../handler-list.ts';

/** Says what a clone does not take along. */
export function CloneNotice({ handler: { name, task, signingSecrets = [] } }: { handler: HandlerView }) {
  const secrets = task.type === 'http' && (task.secretHeaders !== undefined || task.tls?.key !== undefined);
  const lines = [
    `It is like ${name}, disabled, and comes behind the last handler of its event.`,
    secrets && 'Secrets stay with that one: they have to be given again here.',
    signingSecrets.length > 0 && 'Its calls are not signed until a secret is made for it.',
  ].filter((line) => line !== false);
  return (
    <Text size="sm" c="dimmed">
      {lines.join(' ')}
    </Text>
  );
}

interface StaleProps {
  /** The version that is being changed. */
  seen: HandlerView;
  onLoad: (newer: HandlerView) => void;
}

/** Somebody has saved the handler since it was read: shows what differs, and offers to begin from there. */
export function StaleNotice({ seen, onLoad }: StaleProps) {
  const { data: newer } = useQuery({ ...handlerQuery(seen.id), staleTime: 0 });
  const isThere = newer !== undefined && newer.version > seen.version;
  const changed = newer ? changesBetween({ ...seen }, { ...newer }).map(({ field }) => field) : [];
  return (
    <Alert
      role="alert"
      color="red"
      variant="outline"
      icon={<AwayIcon />}
      title="Somebody else has changed it meanwhile, and nothing was saved"
    >
      {isThere && (
        <>
          <Text size="sm">
            Since <Time at={newer.updatedAt} /> it is another version, with another {changed.join(', ') || 'state'}. To
            load it replaces what is filled in here.
          </Text>
          <Group mt="sm">
            <Button size="xs" variant="default" onClick={() => onLoad(newer)}>
              Load the newer one
            </Button>
          </Group>
        </>
      )}
    </Alert>
  );
}
