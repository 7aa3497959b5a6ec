import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { eventTypesQuery } from '../../api/event-types.ts';
import { ApiProblem } from '../../api/problem.ts';
import { Empty } from '../../components/Empty.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { ProblemAlert } from '../../components/ProblemAlert.tsx';
import { EventForm } from './EventForm.tsx';
import { PlanResult } from './PlanResult.tsx';
import { usePlan } from './plan.ts';
import classes from './PlanPage.module.css';

const route = getRouteApi('/plan');

/** Which handlers an event would run, in order, and why the others would not. */
export function PlanPage() {
  const { event } = route.useSearch();
  const navigate = route.useNavigate();
  const types = useQuery(eventTypesQuery);
  const plan = usePlan();
  const { error } = plan;
  /** They stand at their places in the text. */
  const fields = error instanceof ApiProblem ? error.fields : [];
  return (
    <>
      <PageHeader
        title="Plan"
        description="Which handlers an event would run, in order, and why the others would not. Nothing is run."
      />
      {types.error && (
        <ProblemAlert
          title="The event types could not be read"
          problem={types.error}
          onRetry={() => void types.refetch()}
        />
      )}
      <div className={classes.columns}>
        <section className={classes.panel} aria-label="Event">
          {types.data && (
            <EventForm
              types={types.data.items}
              type={event}
              onType={(wanted) => void navigate({ search: { event: wanted }, replace: true })}
              onAsk={(asked) => plan.mutate(asked)}
              isAsking={plan.isPending}
              errors={fields}
              onEdit={plan.reset}
            />
          )}
        </section>
        <section className={classes.panel} aria-label="Plan" aria-live="polite" aria-busy={plan.isPending}>
          {error && <ProblemAlert title="There is no plan for this event" problem={error} />}
          {plan.data && <PlanResult plan={plan.data} />}
          {!plan.data && !error && (
            <Empty title="No event was asked about yet">
              Choose an event type, change its sample as you like, or paste an event, and ask for the plan.
            </Empty>
          )}
        </section>
      </div>
    </>
  );
}
