import { Alert, Button, Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { HandlerView } from '#contracts/rest-api';
import { changesBetween } from '../../../components/field-changes.ts';
import { AwayIcon } from '../../../components/icons.tsx';
import { Time } from '../../../components/Time.tsx';
import { handlerQuery } from '../handler-list.ts';
import { hasSecrets } from './task-forms.ts';

/** Says what is not copied to a clone. */
export function CloneNotice({ handler: { name, task, signingSecrets = [] } }: { handler: HandlerView }) {
  const lines = [
    `A copy of ${name}: disabled, and last in the order of its event.`,
    hasSecrets(task) && 'Secrets are not copied: enter them again.',
    signingSecrets.length > 0 && 'Its calls are not signed until you create a signing secret.',
  ].filter((line) => line !== false);
  return (
    <Text size="sm" c="dimmed">
      {lines.join(' ')}
    </Text>
  );
}

/** Says which version the form shows. */
export function RestoreNotice({ version: { version, updatedAt } }: { version: HandlerView }) {
  return (
    <Text size="sm" c="dimmed">
      Version {version} of <Time at={updatedAt} />, with the status of today. Apply saves it as a new version. Values
      shown as *** keep the stored secret.
    </Text>
  );
}

interface StaleProps {
  /** The version that is being changed. */
  seen: HandlerView;
  onLoad: (newer: HandlerView) => void;
}

/** The handler has a newer version: names the fields that differ and offers to load it. */
export function StaleNotice({ seen, onLoad }: StaleProps) {
  const { data: newer } = useQuery({ ...handlerQuery(seen.id), staleTime: 0 });
  const isThere = newer !== undefined && newer.version > seen.version;
  const changed = newer ? changesBetween({ ...seen }, { ...newer }).map(({ field }) => field) : [];
  return (
    <Alert
      role="alert"
      data-form-notice
      tabIndex={-1}
      color="red"
      variant="outline"
      icon={<AwayIcon />}
      title="Not saved: someone else changed this handler"
    >
      {isThere && (
        <>
          <Text size="sm">
            Version {newer.version} is from <Time at={newer.updatedAt} /> and differs in{' '}
            {changed.join(', ') || 'its state'}. Loading it replaces your changes.
          </Text>
          <Group mt="sm">
            <Button size="xs" variant="default" onClick={() => onLoad(newer)}>
              Load new version
            </Button>
          </Group>
        </>
      )}
    </Alert>
  );
}
