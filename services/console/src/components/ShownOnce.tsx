import { Alert, Button, CopyButton, Group, Text } from '@mantine/core';
import { CheckIcon, CopyIcon } from './icons.tsx';
import classes from './ShownOnce.module.css';

interface Props {
  /** What it is: "The signing secret of Create SIP account". */
  title: string;
  secret: string;
}

/** A secret that the registry shows this once, to be taken along. */
export function ShownOnce({ title, secret }: Props) {
  return (
    <Alert role="status" color="petrol" variant="outline" title={title}>
      <Text size="sm">It is shown this once: keep it where whoever needs it finds it.</Text>
      <Group gap="xs" mt="xs" wrap="nowrap">
        <code className={classes.secret}>{secret}</code>
        <CopyButton value={secret}>
          {({ copied, copy }) => (
            <Button
              variant="default"
              size="xs"
              flex="none"
              leftSection={copied ? <CheckIcon size={14} /> : <CopyIcon size={14} />}
              onClick={copy}
            >
              {copied ? 'Copied' : 'Copy'}
            </Button>
          )}
        </CopyButton>
      </Group>
    </Alert>
  );
}
