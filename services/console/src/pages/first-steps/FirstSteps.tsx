import { Button, Code, CopyButton, Group, List, Paper, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ActionButton } from '../../components/ActionButton.tsx';
import { CheckIcon, CopyIcon } from '../../components/icons.tsx';
import { PageButton } from '../../components/links.ts';
import { useHandlerDialog } from '../handlers/form/use-handler-dialog.tsx';
import { sampleHandler } from '../handlers/form/sample-handler.ts';
import { anyEventQuery, anyHandlerQuery, receiverCommand, receiverUrl } from './first-steps.ts';

/** The way from a new installation to the first result; nothing once there is a handler and an event. */
export function FirstSteps({ isAlone = false }: { isAlone?: boolean }) {
  const { data: handler } = useQuery(anyHandlerQuery);
  const { data: event } = useQuery(anyEventQuery);
  const { open, dialog } = useHandlerDialog();
  if (handler === undefined || event === undefined) return null;
  const isOver = handler !== null && event !== null;
  if (isOver) return null;
  return (
    <Paper withBorder radius="lg" p="lg" mb={isAlone ? 0 : 'lg'} component="section" aria-labelledby="first-steps">
      <Stack gap="md">
        <div>
          <Title order={2} id="first-steps">
            First steps
          </Title>
          <Text size="sm" c="dimmed">
            {handler === null ? 'No handlers yet: events are recorded, and nothing runs.' : 'No events yet.'}
          </Text>
        </div>
        <List type="ordered" spacing="md" size="sm">
          <Step isDone={handler !== null} title="Start a receiver and create a handler that calls it">
            <Text size="sm">
              Run this on the machine of the executor. It prints every call, at <Code>http://{receiverUrl}</Code>.
            </Text>
            <Command text={receiverCommand} />
            <ActionButton needs="admin" onClick={() => open({ kind: 'new', values: sampleHandler(receiverUrl) })}>
              Create a handler
            </ActionButton>
          </Step>
          <Step isDone={event !== null} title="Test the handler with a sample event">
            {handler && (
              <PageButton
                to="/handlers/$handlerId"
                params={{ handlerId: handler.id }}
                search={{ tab: 'test' }}
                variant="default"
              >
                Test {handler.name}
              </PageButton>
            )}
          </Step>
          <Step isDone={event !== null} title="Publish a sample event, and see the result">
            {handler && (
              <PageButton to="/publish" search={{ event: handler.event }} variant="default">
                Publish a sample event
              </PageButton>
            )}
          </Step>
        </List>
      </Stack>
      {dialog}
    </Paper>
  );
}

function Step({ isDone, title, children }: { isDone: boolean; title: string; children: ReactNode }) {
  return (
    <List.Item>
      <Stack gap="xs" align="flex-start">
        <Text size="sm" fw={550} component="div">
          {title} {isDone && <CheckIcon size={14} />}
          {isDone && ' done'}
        </Text>
        {!isDone && children}
      </Stack>
    </List.Item>
  );
}

function Command({ text }: { text: string }) {
  return (
    <Group gap="xs" wrap="nowrap" align="flex-start">
      <Code block style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
        {text}
      </Code>
      <CopyButton value={text} timeout={1_500}>
        {({ copied, copy }) => (
          <Button
            flex="none"
            variant="default"
            size="xs"
            leftSection={copied ? <CheckIcon size={14} /> : <CopyIcon size={14} />}
            onClick={copy}
          >
            {copied ? 'Copied' : 'Copy'}
          </Button>
        )}
      </CopyButton>
    </Group>
  );
}
