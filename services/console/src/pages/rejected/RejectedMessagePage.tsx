import { List, Skeleton, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { RejectedMessageView } from '#contracts/rest-api';
import { Facts } from '../../components/Facts.tsx';
import { Id } from '../../components/Id.tsx';
import { LongText } from '../../components/LongText.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { ProblemAlert } from '../../components/ProblemAlert.tsx';
import { Time } from '../../components/Time.tsx';
import { formatBytes, visibleText } from './raw-bytes.ts';
import { reasons } from './reasons.ts';
import { rejectedMessageQuery } from './rejected.ts';
import { RejectedBody } from './RejectedBody.tsx';

const route = getRouteApi('/rejected/$messageId');

/** All that is known of one rejected message. */
export function RejectedMessagePage() {
  const { messageId } = route.useParams();
  const { data: message, error, refetch } = useQuery(rejectedMessageQuery(messageId));
  return (
    <>
      <PageHeader
        title="Rejected message"
        description="It was not run. To have it run, publish it again with what is wrong put right."
      />
      {error && <ProblemAlert title="The message could not be read" problem={error} onRetry={() => void refetch()} />}
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
          Reason: reasons[reason],
          Rejected: <Time at={rejectedAt} />,
          Exchange: <Route>{exchange}</Route>,
          'Routing key': <Route>{routingKey}</Route>,
          Size: formatBytes(size),
          ID: <Id id={id} isWhole />,
        }}
      />
      <section aria-label="What is wrong">
        <Title order={2} size="h4" mb="xs">
          What is wrong
        </Title>
        <Faults message={message} />
      </section>
      <RejectedBody message={message} />
      <LongText label="Properties and headers" text={visibleText(JSON.stringify(properties, null, 2))} />
    </Stack>
  );
}

/** The message puts together what is found wrong with the fields. */
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
