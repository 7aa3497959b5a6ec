import type { Attention } from './attention.ts';
import type {
  AttentionView,
  DurationFiguresView,
  EventFiguresView,
  ExecutionFiguresView,
  OverviewBucketView,
} from './dto/overview.dto.ts';
import { percentiles, type Sample } from './percentiles.ts';
import type { StatusCounts } from './status-counts.ts';
import type { Window } from './window.ts';

export function bucketViews(
  { starts }: Window,
  executions: readonly StatusCounts[],
  events: readonly StatusCounts[],
  durations: readonly (readonly Sample[])[],
): OverviewBucketView[] {
  return starts.map((start, index) => {
    const { succeeded, failed, retried } = executionFigures(executions[index]!);
    const { received, waiting } = eventFigures(events[index]!);
    const { p50Ms, p95Ms } = durationFigures(durations[index]!);
    return { at: new Date(start).toISOString(), received, waiting, succeeded, failed, retried, p50Ms, p95Ms };
  });
}

export function executionFigures({ succeeded, failed, skipped, waiting }: StatusCounts): ExecutionFiguresView {
  return { succeeded, failed, skipped, retried: waiting };
}

export function eventFigures({ succeeded, failed, waiting, duplicate }: StatusCounts): EventFiguresView {
  return { received: succeeded + failed + waiting, succeeded, failed, waiting, duplicates: duplicate };
}

export function durationFigures(samples: readonly Sample[]): DurationFiguresView {
  const [p50Ms, p95Ms] = percentiles(samples, [0.5, 0.95]).map((ms) => ms && Math.round(ms * 10) / 10);
  return { p50Ms: p50Ms ?? null, p95Ms: p95Ms ?? null };
}

export function attentionView({ kind, severity, count, since, handlers, targets }: Attention): AttentionView {
  return {
    kind,
    severity,
    count,
    since: since?.toISOString() ?? null,
    handlers: [...handlers],
    targets: [...targets],
  };
}
