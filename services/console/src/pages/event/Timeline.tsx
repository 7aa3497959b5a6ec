import type { AttemptView, EventExecutionView } from '#contracts/rest-api';
import { formatDuration } from '../../components/format-duration.ts';
import { reasonLabel } from '../../components/reasons.ts';
import { Time } from '../../components/Time.tsx';
import { timeScale, type Call, type TimeScale } from './timeline.ts';
import classes from './Timeline.module.css';

/**
 * A row for each execution, a bar for each attempt. The list below has all of it in words, so screen readers skip this.
 */
export function Timeline({ executions }: { executions: readonly EventExecutionView[] }) {
  const calls = executions.flatMap(({ attempts }) => attempts.map(callOf));
  if (calls.length === 0) return null;
  const begin = Math.min(...calls.map((call) => call.begin));
  const end = Math.max(...calls.map((call) => call.end));
  const scale = timeScale(calls);
  return (
    <div className={classes.timeline} aria-hidden data-timeline>
      {executions.map((execution) => (
        <Row key={execution.id} execution={execution} scale={scale} />
      ))}
      <div className={classes.axis}>
        <Time at={new Date(begin).toISOString()} />
        <span>{formatDuration(end - begin)} in total</span>
      </div>
      {scale.cuts.length > 0 && (
        <div className={classes.legend}>
          Hatched: shortened waits of {scale.cuts.map((cut) => formatDuration(cut.end - cut.begin)).join(', ')}.
        </div>
      )}
    </div>
  );
}

function Row({ execution, scale }: { execution: EventExecutionView; scale: TimeScale }) {
  const { position, handlerName, handlerId, attempts, status } = execution;
  const calls = attempts.map(callOf);
  return (
    <>
      <div className={classes.name} title={handlerName ?? handlerId}>
        <span className={classes.position}>{position}</span> {handlerName ?? handlerId}
      </div>
      <div className={classes.track}>
        {scale.cuts.map((cut) => (
          <span key={cut.begin} className={classes.cut} style={placed(scale, cut)} />
        ))}
        {calls.slice(1).map((call, index) => (
          <span
            key={call.begin}
            className={classes.wait}
            style={placed(scale, { begin: calls[index]!.end, end: call.begin })}
          />
        ))}
        {attempts.map((attempt) => (
          <span
            key={attempt.id}
            className={classes.bar}
            data-outcome={attempt.outcome}
            style={placed(scale, callOf(attempt))}
            title={`Attempt ${String(attempt.number)}: ${attempt.reason === null ? attempt.outcome : reasonLabel(attempt.reason)}, ${formatDuration(attempt.durationMs)}`}
          />
        ))}
        {attempts.length === 0 && <span className={classes.none}>{status}</span>}
      </div>
    </>
  );
}

function callOf({ startedAt, durationMs }: AttemptView): Call {
  const begin = Date.parse(startedAt);
  return { begin, end: begin + durationMs };
}

function placed({ at }: TimeScale, { begin, end }: Call): { left: string; width: string } {
  const left = at(begin);
  // The last moment of all stays visible.
  return { left: `min(${String(left * 100)}%, 100% - 4px)`, width: `${String(Math.max(0, at(end) - left) * 100)}%` };
}
