import { List, Modal, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { RejectedMessageView } from '../../api/generated/schema.d.ts';
import { LongText } from '../../components/LongText.tsx';
import { Time } from '../../components/Time.tsx';
import { visibleText } from './raw-bytes.ts';
import { reasons } from './reasons.ts';
import { RejectedBody } from './RejectedBody.tsx';

interface Props {
  /** Undefined for none. */
  message: RejectedMessageView | undefined;
  onClose: () => void;
}

/** All that is known of a rejected message. */
export function RejectedDetails({ message, onClose }: Props) {
  return (
    <Modal
      opened={message !== undefined}
      onClose={onClose}
      title={message && `Rejected: ${reasons[message.reason].toLowerCase()}`}
      size="xl"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {message && <Details message={message} />}
    </Modal>
  );
}

function Details({ message }: { message: RejectedMessageView }) {
  const { rejectedAt, exchange, routingKey, errors, properties } = message;
  return (
    <Stack gap="md">
      <div>
        {/* The message puts together what is found wrong with the fields. */}
        {errors.length === 0 ? (
          <Text size="sm">{visibleText(message.message)}</Text>
        ) : (
          <List size="sm">
            {errors.map(({ field, message: fault }) => (
              <List.Item key={`${field} ${fault}`}>
                <span className="mono">{field}</span> {fault}
              </List.Item>
            ))}
          </List>
        )}
        <Text size="xs" c="dimmed" mt={4}>
          Came <Time at={rejectedAt} /> over <Route>{exchange}</Route> with the routing key <Route>{routingKey}</Route>.
        </Text>
      </div>
      <RejectedBody message={message} />
      <LongText label="Properties and headers" text={visibleText(JSON.stringify(properties, null, 2))} />
    </Stack>
  );
}

function Route({ children }: { children: ReactNode }) {
  return <span className="mono">{children === '' ? '(empty)' : children}</span>;
}
