import { Alert, Button, CopyButton, Group, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { CheckIcon, CopyIcon } from './icons.tsx';
import classes from './ShownOnce.module.css';

interface Props {
  /** What it is: "The signing secret of Create SIP account". */
  title: string;
  secret: string;
  /** What it is for. */
  children?: ReactNode;
}

/** A secret that the registry shows this once, to be taken along. */
export function ShownOnce({ title, secret, children = 'Copy it now.' }: Props) {
  return (
    <Alert role="status" color="petrol" variant="outline" title={title}>
      <Text size="sm">Provisor shows it only once. {children}</Text>
      <Group gap="xs" mt="xs" wrap="nowrap">
        <code className={classes.secret}>{secret}</code>
        <CopyButton value={secret} timeout={3_000}>
          {({ copied, copy }) => (
            <Button
              variant="default"
              size="xs"
              flex="none"
              leftSection={copied ? <CheckIcon size={14} /> : <CopyIcon size={14} />}
              onClick={copy}
              data-autofocus
            >
              {copied ? 'Copied' : 'Copy'}
            </Button>
          )}
        </CopyButton>
      </Group>
    </Alert>
  );
}

/** The same in a dialog, which then has to be closed with the button alone: a click beside it would lose the secret. */
export function ShownOnceInDialog({ onKept, ...shown }: Props & { onKept: () => void }) {
  return (
    <Stack>
      <ShownOnce {...shown} />
      <Group justify="flex-end">
        <Button onClick={onKept}>Done</Button>
      </Group>
    </Stack>
  );
}
