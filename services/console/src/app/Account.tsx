import { ActionIcon, Group, Text, Tooltip } from '@mantine/core';
import { notifyFailed } from '../components/notify.tsx';
import { SignOutIcon } from '../components/icons.tsx';
import { Time } from '../components/Time.tsx';
import { roles } from '../session/role.ts';
import { useSession, useSignOut } from '../session/session.ts';
import classes from './Account.module.css';
import { SchemeSwitch } from './SchemeSwitch.tsx';

/** Who is signed in and what they may do, how the console looks to them, and the way out. */
export function Account() {
  const { name, role, expiresAt } = useSession();
  const signOut = useSignOut();
  const leave = (): void =>
    signOut.mutate(undefined, { onError: (problem) => notifyFailed('Failed to sign out', problem) });
  return (
    <section className={classes.account} aria-label="Account">
      <SchemeSwitch />
      <div className={classes.who}>
        <Group justify="space-between" wrap="nowrap" gap="xs">
          <Text size="sm" fw={550} truncate miw={0} title={name}>
            {name}
          </Text>
          <Tooltip label="Sign out">
            <ActionIcon
              flex="none"
              variant="subtle"
              color="gray"
              aria-label="Sign out"
              onClick={leave}
              loading={signOut.isPending}
            >
              <SignOutIcon />
            </ActionIcon>
          </Tooltip>
        </Group>
        <Text size="xs" c="dimmed" title={`${role}: ${roles[role]}`}>
          {role}
        </Text>
        {expiresAt !== null && (
          <Text size="xs" c="dimmed">
            until <Time at={expiresAt} />
          </Text>
        )}
      </div>
    </section>
  );
}
