import { Button, Code, Stack, Text } from '@mantine/core';
import { PageHeader } from '../components/PageHeader.tsx';

/**
 * Replaces a page that failed. The usual cause is a new version of the registry: the files of the page belong to the
 * previous one. A reload gets the new ones.
 */
export function PageFailure({ error }: { error: unknown }) {
  return (
    <>
      <PageHeader title="Failed to show this page" />
      <Stack gap="sm" align="flex-start">
        <Text size="sm">The console may have been updated while it was open. Reload it.</Text>
        <Code>{error instanceof Error ? error.message : String(error)}</Code>
        <Button onClick={() => window.location.reload()}>Reload</Button>
      </Stack>
    </>
  );
}
