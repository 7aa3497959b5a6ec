import { Alert, Button, CopyButton, Group, Stack } from '@mantine/core';
import type { MadeApiKeyView } from '../../api/generated/schema.d.ts';
import { AwayIcon, CheckIcon, CopyIcon } from '../../components/icons.tsx';
import classes from './MadeKey.module.css';

/** A key, the one time that it is shown. */
export function MadeKey({ made, onClose }: { made: MadeApiKeyView; onClose: () => void }) {
  return (
    <Stack gap="md">
      <Alert color="yellow" variant="outline" icon={<AwayIcon />} title="It is shown this once">
        Provisor keeps no more than a hash of it. Copy it now to where it is used; whoever has it is {made.role}.
      </Alert>
      <code className={classes.key} aria-label="API key">
        {made.key}
      </code>
      <Group justify="flex-end" gap="xs">
        <CopyButton value={made.key} timeout={3_000}>
          {({ copied, copy }) => (
            <Button
              variant="default"
              leftSection={copied ? <CheckIcon size={16} /> : <CopyIcon size={16} />}
              onClick={copy}
              data-autofocus
            >
              {copied ? 'Copied' : 'Copy'}
            </Button>
          )}
        </CopyButton>
        <Button onClick={onClose}>I have kept it</Button>
      </Group>
    </Stack>
  );
}
