import { Stack, Text, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { ActionButton } from '../../components/ActionButton.tsx';
import { CursorPager } from '../../components/CursorPager.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { ProblemAlert } from '../../components/ProblemAlert.tsx';
import { NewRuleDialog } from './NewRuleDialog.tsx';
import { NoticeTable } from './NoticeTable.tsx';
import { noticesQuery, rulesQuery } from './notices.ts';
import { RuleTable } from './RuleTable.tsx';
import { TroubleTable } from './TroubleTable.tsx';

const route = getRouteApi('/notices');

/** What goes wrong, whom Provisor informs, and the latest notices. */
export function NoticesPage() {
  const { cursor } = route.useSearch();
  const navigate = route.useNavigate();
  const notices = useQuery(noticesQuery(cursor));
  const rules = useQuery(rulesQuery);
  const [isMaking, { open, close }] = useDisclosure(false);
  const { data, error, refetch, isPlaceholderData } = notices;
  return (
    <>
      <PageHeader
        title="Notices"
        description="Provisor reports each trouble once, and once more when it is over. Rules say to whom."
        actions={
          <ActionButton needs="admin" onClick={open}>
            New rule
          </ActionButton>
        }
      />
      <Stack gap="xl">
        {error && <ProblemAlert title="Failed to load the notices" problem={error} onRetry={() => void refetch()} />}
        {!error && (
          <section>
            <Heading title="Open troubles">What goes on now.</Heading>
            <TroubleTable troubles={data?.open} />
          </section>
        )}
        <section>
          <Heading title="Rules">Each rule is a handler; change or disable it on its page.</Heading>
          {rules.error ? (
            <ProblemAlert title="Failed to load the rules" problem={rules.error} onRetry={() => void rules.refetch()} />
          ) : (
            <RuleTable rules={rules.data} />
          )}
        </section>
        {!error && (
          <section>
            <Heading title="Latest notices">The newest first.</Heading>
            <NoticeTable notices={data?.items} isStale={isPlaceholderData} />
            <CursorPager
              cursor={cursor}
              nextCursor={data?.nextCursor}
              onMove={(next) => void navigate({ search: { cursor: next } })}
            />
          </section>
        )}
      </Stack>
      <NewRuleDialog isOpen={isMaking} onClose={close} />
    </>
  );
}

function Heading({ title, children }: { title: string; children: string }) {
  return (
    <>
      <Title order={2} size="h4">
        {title}
      </Title>
      <Text size="sm" c="dimmed" mb="xs">
        {children}
      </Text>
    </>
  );
}
