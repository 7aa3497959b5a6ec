import { List, Skeleton, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { RejectedMessageView } from '#contracts/rest-api';
import { Facts } from '../../components/Facts.tsx';
import { Id } from '../../components/Id.tsx';
import { LongText } from '../../components/LongText.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { PageButton } from '../../components/links.ts';
import { ProblemAlert } from '../../components/ProblemAlert.tsx';
import { rejectionReasons } from '../../components/reasons.ts';
import { Time } from '../../components/Time.tsx';
import { formatBytes, visibleText } from './raw-bytes.ts';
import { rejectedMessageQuery } from './rejected.ts';
import { RejectedBody } from './RejectedBody.tsx';

const route = getRouteApi('/rejected/$messageId');

/** One rejected message: its errors, body and properties, and a way to correct and publish it. */
export function RejectedMessagePage() {
  const { messageId } = route.useParams();
  const { data: message, error, refetch } = useQuery(rejectedMessageQuery(messageId));
  return (
    <>
      <PageHeader
        title="Rejected message"
        description="It is not a valid event, so no handler ran."
        actions={
          message?.bodyText != null && (
            <PageButton to="/publish" search={{ rejected: message.id }}>
              Fix and publish
            </PageButton>
          )
        }
      />
      {error && <ProblemAlert title="Failed to load the message" problem={error} onRetry={() => void refetch()} />}
      {!error && !message && <Skeleton height={220} />}
      {message && !error && <Details message={message} />}
    </>
  );
}

function Details({ message }: { message: RejectedMessageView }) {
  const { id, reason, rejectedAt, exchange, routingKey, size, properties } = message;
  return (
    <Stack gap="lg">
      <Facts
        facts={{
          Reason: rejectionReasons[reason],
          Rejected: <Time at={rejectedAt} />,
          Exchange: <Route>{exchange}</Route>,
          'Routing key': <Route>{routingKey}</Route>,
          Size: formatBytes(size),
          ID: <Id id={id} isWhole />,
        }}
      />
      <section aria-label="Errors">
        <Title order={2} size="h4" mb="xs">
          Errors
        </Title>
        <Faults message={message} />
      </section>
      <RejectedBody message={message} />
      <LongText label="Properties and headers" text={visibleText(JSON.stringify(properties, null, 2))} />
    </Stack>
  );
}

/** The message sums up the errors of the fields. */
function Faults({ message: { errors, message } }: { message: RejectedMessageView }) {
  if (errors.length === 0) return <Text size="sm">{visibleText(message)}</Text>;
  return (
    <List size="sm">
      {errors.map(({ field, message: fault }) => (
        <List.Item key={`${field} ${fault}`}>
          {field !== '' && <span className="mono">{visibleText(field)}</span>} {visibleText(fault)}
        </List.Item>
      ))}
    </List>
  );
}

function Route({ children }: { children: string }) {
  return <span className="mono">{children === '' ? '(empty)' : visibleText(children)}</span>;
}
