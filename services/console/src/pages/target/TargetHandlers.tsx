import { Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { HandlerOutcomesView, HandlerView } from '#contracts/rest-api';
import { answerOf, api } from '../../api/client.ts';
import { Clamped } from '../../components/Clamped.tsx';
import { DataTable, type Column } from '../../components/DataTable.tsx';
import { Empty } from '../../components/Empty.tsx';
import { EventName } from '../../components/EventName.tsx';
import { PageLink } from '../../components/links.ts';
import { ProblemAlert } from '../../components/ProblemAlert.tsx';
import { StatusBadge } from '../../components/StatusBadge.tsx';
import { handlersKey } from '../handlers/handler-list.ts';
import { LastOutcome } from '../handlers/LastOutcome.tsx';
import { outcomesQuery } from '../handlers/outcomes.ts';
import { SuccessRate } from '../handlers/SuccessRate.tsx';

/** The API gives no more at once. */
const mostHandlers = 500;

/** The handlers that call the target, with how they fare. */
export function TargetHandlers({ targetId }: { targetId: string }) {
  const query = { target: targetId, sort: 'event,priority', limit: mostHandlers };
  const { data, error, refetch } = useQuery({
    queryKey: [...handlersKey, 'of-target', targetId],
    queryFn: ({ signal }) => answerOf(api.GET('/api/v1/handlers', { params: { query }, signal })),
  });
  const { data: outcomes } = useQuery(outcomesQuery((data?.items ?? []).map(({ id }) => id).sort()));
  return (
    <div>
      <Title order={2} size="h4" mb="sm">
        Handlers
      </Title>
      {error ? (
        <ProblemAlert title="Failed to load the handlers" problem={error} onRetry={() => void refetch()} />
      ) : (
        <DataTable
          label="Handlers"
          columns={columns((id) => outcomes?.get(id))}
          rows={data?.items}
          rowKey={({ id }) => id}
          empty={
            <Empty title="No handler calls this target">
              Choose the target in the task of a handler, in place of a URL.
            </Empty>
          }
        />
      )}
    </div>
  );
}

function columns(of: (id: string) => HandlerOutcomesView | undefined): readonly Column<HandlerView>[] {
  return [
    {
      title: 'Name',
      cell: ({ id, name }) => (
        <PageLink to="/handlers/$handlerId" params={{ handlerId: id }} inherit fw={550} c="var(--accent-text)">
          <Clamped text={name} />
        </PageLink>
      ),
    },
    { title: 'Event', cell: ({ event }) => <EventName event={event} />, isSecondary: true },
    {
      title: 'Path',
      cell: ({ task }) => <span className="mono">{task.type === 'http' ? (task.path ?? '') : ''}</span>,
    },
    { title: 'Status', cell: ({ status }) => <StatusBadge status={status} /> },
    { title: 'Last outcome', cell: ({ id }) => <LastOutcome outcomes={of(id)} /> },
    { title: 'Last day', cell: ({ id }) => <SuccessRate outcomes={of(id)} />, isSecondary: true },
    {
      title: 'Log',
      cell: ({ id }) => (
        <PageLink to="/executions" search={{ handlerId: id }} inherit>
          Log
        </PageLink>
      ),
    },
  ];
}
