import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { Skeleton } from '@mantine/core';
import { eventTypesQuery } from '../../api/event-types.ts';
import { ApiProblem } from '../../api/problem.ts';
import { useConfirm } from '../../components/confirm.ts';
import { Empty } from '../../components/Empty.tsx';
import { EventForm, type EventDraft } from '../../components/EventForm.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { ProblemAlert } from '../../components/ProblemAlert.tsx';
import { usePlan } from '../plan/plan.ts';
import classes from '../plan/PlanPage.module.css';
import { rejectedDraftQuery } from '../rejected/rejected.ts';
import { PublishedEvent } from './PublishedEvent.tsx';
import { PublishQuestion } from './PublishQuestion.tsx';
import { usePublish } from './publish.ts';

const route = getRouteApi('/publish');

/** Publishes an event to the intake, as billing does, and follows it. */
export function PublishPage() {
  const { event, rejected } = route.useSearch();
  const navigate = route.useNavigate();
  const types = useQuery(eventTypesQuery);
  const draft = useQuery({ ...rejectedDraftQuery(rejected ?? ''), enabled: rejected !== undefined });
  const confirm = useConfirm();
  const plan = usePlan();
  const publish = usePublish();
  const error = publish.error ?? plan.error;
  const reset = (): void => {
    plan.reset();
    publish.reset();
  };
  /** The registry checks the event before the question: the question says which handlers run. */
  const ask = async (written: EventDraft): Promise<void> => {
    publish.reset();
    const planned = await plan.mutateAsync(written).catch(() => undefined);
    if (!planned) return;
    const question = {
      title: 'Publish this event?',
      body: <PublishQuestion plan={planned} />,
      action: 'Publish',
      isDestructive: planned.handlers.length > 0,
    };
    if (await confirm(question)) publish.mutate(written);
  };
  const isReady = types.data !== undefined && (rejected === undefined || draft.data !== undefined);
  return (
    <>
      <PageHeader
        title="Publish an event"
        description="Sends an event to RabbitMQ, as billing does. The enabled handlers run for real."
      />
      {[types.error, draft.error].map(
        (problem, index) => problem && <ProblemAlert key={index} title="Failed to load the form" problem={problem} />,
      )}
      <div className={classes.columns}>
        <section className={classes.panel} aria-label="Event">
          {isReady ? (
            <EventForm
              types={types.data.items}
              type={event}
              onType={(wanted) => void navigate({ search: { event: wanted }, replace: true })}
              initial={draft.data}
              action="Publish…"
              needs="operator"
              onSubmit={(written) => void ask(written)}
              isPending={plan.isPending || publish.isPending}
              errors={error instanceof ApiProblem ? error.fields : []}
              onEdit={reset}
            />
          ) : (
            <Skeleton height={320} />
          )}
        </section>
        <section className={classes.panel} aria-label="Result" aria-live="polite">
          {error && <ProblemAlert title="Failed to publish the event" problem={error} />}
          {publish.data && <PublishedEvent id={publish.data.id} />}
          {!error && !publish.data && (
            <Empty title="Nothing published yet">
              The result of the event appears here. Choose a sample, edit it as needed, and press Publish.
            </Empty>
          )}
        </section>
      </div>
    </>
  );
}
