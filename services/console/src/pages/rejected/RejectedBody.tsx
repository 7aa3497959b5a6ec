import { Alert, Anchor, Group, SegmentedControl, Text } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { RejectedMessageView } from '#contracts/rest-api';
import { LongText } from '../../components/LongText.tsx';
import { bytesOf, formatBytes, hexDump, visibleText } from './raw-bytes.ts';
import { bodyAddress } from './rejected.ts';

/** A body as received: as text where it is one, else its bytes. It is shown and never interpreted. */
export function RejectedBody({ message }: { message: RejectedMessageView }) {
  const { id, body, bodyText, size, truncated } = message;
  const [shape, setShape] = useState(bodyText === null ? 'hex' : 'text');
  const shown = useMemo(
    () => (shape === 'text' && bodyText !== null ? visibleText(bodyText) : hexDump(bytesOf(body))),
    [shape, body, bodyText],
  );
  return (
    <div>
      <Group justify="space-between" mb="xs">
        {bodyText === null ? (
          <Text size="sm" c="dimmed">
            The body is not text.
          </Text>
        ) : (
          <SegmentedControl
            aria-label="Show the body as"
            size="xs"
            value={shape}
            onChange={setShape}
            data={[
              { value: 'text', label: 'Text' },
              { value: 'hex', label: 'Bytes' },
            ]}
          />
        )}
        <Anchor href={bodyAddress(id)} download={`rejected-${id}.bin`} size="sm">
          Download ({formatBytes(size)})
        </Anchor>
      </Group>
      {truncated && (
        <Alert color="gray" variant="outline" mb="xs">
          The first 64 KiB of {formatBytes(size)}. Download the body to see the rest.
        </Alert>
      )}
      {size === 0 ? (
        <Text size="sm" c="dimmed">
          The body is empty.
        </Text>
      ) : (
        <LongText label="Body" text={shown} />
      )}
    </div>
  );
}
