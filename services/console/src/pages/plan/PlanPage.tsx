import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { eventTypesQuery } from '../../api/event-types.ts';
import { ApiProblem } from '../../api/problem.ts';
import { EventForm } from '../../components/EventForm.tsx';
import { Empty } from '../../components/Empty.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { ProblemAlert } from '../../components/ProblemAlert.tsx';
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
        description="Which handlers an event would run, in order, and which not and why. Nothing runs."
      />
      {types.error && (
        <ProblemAlert
          title="Failed to load the event types"
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
              action="Show plan"
              onSubmit={(draft) => plan.mutate(draft)}
              isPending={plan.isPending}
              errors={fields}
              onEdit={plan.reset}
            />
          )}
        </section>
        <section className={classes.panel} aria-label="Plan" aria-live="polite" aria-busy={plan.isPending}>
          {error && <ProblemAlert title="Failed to plan this event" problem={error} />}
          {plan.data && <PlanResult plan={plan.data} />}
          {!plan.data && !error && (
            <Empty title="No plan yet">
              The handlers that the event would run appear here. Choose a sample or paste an event, then press Show
              plan.
            </Empty>
          )}
        </section>
      </div>
    </>
  );
}
