import type { ReactNode } from 'react';
import type { EventPlanView, HandlerView } from '#contracts/rest-api';
import { EventName } from '../../components/EventName.tsx';
import { Fold } from '../../components/Fold.tsx';
import { CloseIcon } from '../../components/icons.tsx';
import { PageLink } from '../../components/links.ts';
import { RequestShown } from '../../components/RequestShown.tsx';
import { Time } from '../../components/Time.tsx';
import { TaskSummary } from '../handlers/TaskSummary.tsx';
import { notRunReasons } from './not-run-reasons.ts';
import classes from './PlanResult.module.css';

/** What a failure of a handler does to the rest of the event. */
const failureWords: Readonly<Record<HandlerView['onFailure'], string>> = {
  stop: 'During its retries later handlers wait. After its failure they are skipped.',
  continue: 'During its retries later handlers wait. After its failure they run.',
  detach: 'Later handlers do not wait for its retries.',
};

/** The event, the handlers that it would run, and the others. */
export function PlanResult({ plan: { event, revision, handlers, notRun } }: { plan: EventPlanView }) {
  return (
    <>
      <dl className={classes.facts}>
        <Fact name="Event">
          <EventName event={event.type} />
        </Fact>
        <Fact name="Object ID">
          <span className="mono">{event.objectId}</span>
        </Fact>
        <Fact name="Partition key">
          <span className="mono">{event.partitionKey}</span>
        </Fact>
        <Fact name="Occurred">
          <Time at={event.occurredAt} />
        </Fact>
        <Fact name="Revision">{revision}</Fact>
      </dl>
      <h2 className={classes.heading}>{wouldRun(handlers.length)}</h2>
      <ol className={classes.steps} aria-label="Handlers that would run">
        {handlers.map(({ position, handler, request, fault }) => (
          <Step key={handler.id} mark={position} handler={handler}>
            Priority {handler.priority}. {failureWords[handler.onFailure]}
            <Fold title="Request" isForced={request === null}>
              <RequestShown preview={{ request, fault }} />
            </Fold>
          </Step>
        ))}
      </ol>
      {notRun.length > 0 && (
        <>
          <h2 className={classes.heading}>Would not run</h2>
          <ul className={`${classes.steps} ${classes.off}`} aria-label="Handlers that would not run">
            {notRun.map(({ handler, reason, message }) => (
              <Step key={handler.id} mark={<CloseIcon size={12} />} handler={handler}>
                {notRunReasons[reason]}
                {message !== null && ` ${message}`}
              </Step>
            ))}
          </ul>
        </>
      )}
    </>
  );
}

function wouldRun(count: number): string {
  if (count === 0) return 'No handler would run';
  return count === 1 ? '1 handler would run' : `${count} handlers would run in this order`;
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}

function Step({ mark, handler, children }: { mark: ReactNode; handler: HandlerView; children: ReactNode }) {
  return (
    <li className={classes.step}>
      <span className={classes.position} aria-hidden>
        {mark}
      </span>
      <span className={classes.what}>
        <PageLink to="/handlers/$handlerId" params={{ handlerId: handler.id }} inherit fw={550} c="var(--accent-text)">
          {handler.name}
        </PageLink>
        <TaskSummary task={handler.task} />
        <span className={classes.more}>{children}</span>
      </span>
    </li>
  );
}
