import { Stack, Text } from '@mantine/core';
import type { RequestPreviewView } from '#contracts/rest-api';
import { LongText } from './LongText.tsx';
import { MonoLines } from './MonoLines.tsx';

/** A request as it would be sent, or why it cannot be made. */
export function RequestShown({ preview: { request, fault } }: { preview: RequestPreviewView }) {
  if (!request) {
    return (
      <Text size="sm" role="status">
        The request cannot be made: <span className="mono">{fault?.field}</span> {fault?.message}
      </Text>
    );
  }
  const { method, url, headers = {}, body, script } = request;
  return (
    <Stack gap="xs" role="status" aria-label="Request">
      {url !== undefined && (
        <Text size="sm" className="mono" style={{ overflowWrap: 'anywhere' }}>
          {method} {url}
        </Text>
      )}
      {script && <MonoLines lines={[script.path, ...script.args]} />}
      {Object.keys(headers).length > 0 && (
        <LongText
          label="Request headers"
          text={Object.entries(headers)
            .map(([name, value]) => `${name}: ${value}`)
            .join('\n')}
        />
      )}
      {body !== undefined && <LongText label="Request body" text={body} note={body === '' ? 'empty' : undefined} />}
      {script && <LongText label="Standard input" text={script.input} />}
    </Stack>
  );
}
