import { Skeleton, Stack, Tabs, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import type { HandlerView } from '#contracts/rest-api';
import { EventName } from '../../components/EventName.tsx';
import { HoldNotice } from '../../components/holds/HoldNotice.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { ProblemAlert } from '../../components/ProblemAlert.tsx';
import type { DialogSubject } from '../handlers/form/save-handler.ts';
import { useHandlerDialog } from '../handlers/form/use-handler-dialog.tsx';
import { handlerQuery } from '../handlers/handler-list.ts';
import { AuditPanel } from './AuditPanel.tsx';
import { HandlerActions } from './HandlerActions.tsx';
import { tabs, type HandlerAddress } from './handler-address.ts';
import { HandlerFailures } from './HandlerFailures.tsx';
import { LastDay } from './LastDay.tsx';
import { LogPanel } from './LogPanel.tsx';
import { SettingsPanel } from './SettingsPanel.tsx';
import { TestPanel } from './TestPanel.tsx';

const route = getRouteApi('/handlers/$handlerId');

const titles: Readonly<Record<(typeof tabs)[number], string>> = {
  settings: 'Settings',
  log: 'Log',
  audit: 'Audit trail',
  test: 'Test',
};

/** One handler: its settings, figures, log and audit trail, and a test. */
export function HandlerPage() {
  const { handlerId } = route.useParams();
  const navigate = route.useNavigate();
  const { data: handler, error, refetch } = useQuery(handlerQuery(handlerId));
  const { open, dialog } = useHandlerDialog(({ id }, { kind }) => {
    // A clone is looked at next: it may lack secrets, and waits to be enabled.
    if (kind === 'clone') void navigate({ params: { handlerId: id }, search: {} });
  });
  return (
    <>
      <PageHeader
        title={handler?.name ?? 'Handler'}
        description={handler && <Summary handler={handler} />}
        actions={handler && <HandlerActions handler={handler} onOpen={open} />}
      />
      {error && <ProblemAlert title="Failed to load the handler" problem={error} onRetry={() => void refetch()} />}
      {!handler && !error && <Skeleton height={240} radius="lg" aria-label="Loading" />}
      {handler && <HandlerTabs key={handler.id} handler={handler} onOpen={open} />}
      {dialog}
    </>
  );
}

function Summary({ handler: { event, priority, status } }: { handler: HandlerView }) {
  return (
    <Text span inherit>
      On <EventName event={event} isInline />, priority {priority}, {status}
    </Text>
  );
}

function HandlerTabs({ handler, onOpen }: { handler: HandlerView; onOpen: (subject: DialogSubject) => void }) {
  const { tab = 'settings', cursor } = route.useSearch();
  const navigate = route.useNavigate();
  // What was typed outlives a look at the log.
  const [draft, setDraft] = useState<string>();
  const move = (search: HandlerAddress): void => void navigate({ search });
  const paging = { cursor, onMove: (to: string | undefined) => move({ tab, cursor: to }) };
  return (
    <Stack gap="lg">
      <HoldNotice type="handler" id={handler.id} />
      {handler.task.type === 'http' && handler.task.target !== undefined && (
        <HoldNotice type="target" id={handler.task.target} />
      )}
      <HandlerFailures handler={handler} />
      <LastDay handlerId={handler.id} />
      <Tabs
        value={tab}
        keepMounted={false}
        onChange={(value) => move({ tab: tabs.find((known) => known === value && known !== 'settings') })}
      >
        <Tabs.List mb="md">
          {tabs.map((each) => (
            <Tabs.Tab key={each} value={each}>
              {titles[each]}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="settings">
          <SettingsPanel handler={handler} />
        </Tabs.Panel>
        <Tabs.Panel value="log">
          <LogPanel handlerId={handler.id} {...paging} />
        </Tabs.Panel>
        <Tabs.Panel value="audit">
          <AuditPanel handler={handler} onOpen={onOpen} {...paging} />
        </Tabs.Panel>
        <Tabs.Panel value="test">
          <TestPanel handler={handler} draft={draft} onDraft={setDraft} />
        </Tabs.Panel>
      </Tabs>
    </Stack>
  );
}
