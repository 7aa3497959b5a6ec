import { Group, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useArrival } from './use-arrival.ts';

interface Props {
  title: string;
  /** One sentence: what is seen here. */
  description?: ReactNode;
  /** Buttons. */
  actions?: ReactNode;
}

/** The head of a page. It names the document, and takes the focus when the page is come to. */
export function PageHeader({ title, description, actions }: Props) {
  const heading = useArrival(title);
  return (
    <Group justify="space-between" align="flex-start" mb="lg" gap="md">
      <Stack gap={2} miw={0}>
        <Title order={1} ref={heading} tabIndex={-1} title={title} lineClamp={2} style={{ overflowWrap: 'anywhere' }}>
          {title}
        </Title>
        {description && (
          <Text size="sm" c="dimmed" maw={640}>
            {description}
          </Text>
        )}
      </Stack>
      {actions && <Group gap="xs">{actions}</Group>}
    </Group>
  );
}
