import { Button, Code, Stack, Text } from '@mantine/core';
import { PageHeader } from '../components/PageHeader.tsx';

/**
 * In place of a page that has failed. The usual cause is a new version of the registry: the files that the page wanted belong to the
 * one before. Loading anew gets those of the new one.
 */
export function PageFailure({ error }: { error: unknown }) {
  return (
    <>
      <PageHeader title="This page could not be shown" />
      <Stack gap="sm" align="flex-start">
        <Text size="sm">
          The console may have been replaced by a newer one while it was open. Loading it anew helps then.
        </Text>
        <Code>{error instanceof Error ? error.message : String(error)}</Code>
        <Button onClick={() => window.location.reload()}>Load anew</Button>
      </Stack>
    </>
  );
}
