import type { ReactNode } from 'react';
import type { FailureGroupView, OverviewView } from '#contracts/rest-api';
import { formatDuration } from '../../components/format-duration.ts';
import { PageLink } from '../../components/links.ts';
import classes from './Figures.module.css';

const inWords = new Intl.NumberFormat('en');

/** The main figures. */
export function Figures({ overview }: { overview: OverviewView }) {
  const { events, executions, duration, waiting, openFailures, executors, handlers } = overview;
  const ended = executions.succeeded + executions.failed;
  return (
    <dl className={classes.figures}>
      <Figure
        name="Events"
        value={inWords.format(events.received)}
        more={`${inWords.format(events.failed)} failed, ${duplicatesInWords(events.duplicates)}`}
      />
      <Figure
        name="Success rate"
        value={ended === 0 ? '–' : shareOf(executions.succeeded, ended)}
        more={`${inWords.format(executions.failed)} of ${inWords.format(ended)} executions failed`}
      />
      <Figure name="Median duration" value={inTime(duration.p50Ms)} more={`p95 ${inTime(duration.p95Ms)}`} />
      <Figure
        name={
          <PageLink to="/waiting" inherit>
            Waiting events
          </PageLink>
        }
        value={inWords.format(waiting.events)}
        more={waitingInWords(overview)}
      />
      <Figure
        name={
          <PageLink to="/failures" inherit>
            Open failures
          </PageLink>
        }
        value={inWords.format(openFailures.count)}
        more={groupsInWords(openFailures.groups)}
      />
      <Figure
        name={
          <PageLink to="/executors" inherit>
            Executors
          </PageLink>
        }
        value={inWords.format(executors.running)}
        more={executors.behind === 0 ? `revision ${executors.revision}` : `${executors.behind} behind`}
      />
      <Figure
        name={
          <PageLink to="/handlers" inherit>
            Enabled handlers
          </PageLink>
        }
        value={inWords.format(handlers.enabled)}
        more={`${inWords.format(handlers.disabled)} disabled`}
      />
      <Figure
        name={
          <PageLink to="/rejected" inherit>
            Rejected messages
          </PageLink>
        }
        value={inWords.format(overview.rejected)}
        more={overview.window === 'hour' ? 'in the last hour' : 'in the last day'}
      />
    </dl>
  );
}

function groupsInWords([largest]: readonly FailureGroupView[]): string {
  if (!largest) return 'none';
  const name = largest.handlerName ?? `handler …${largest.handlerId.slice(-8)}`;
  return `most: ${name}, ${inWords.format(largest.open)}`;
}

function waitingInWords({ waiting: { keys, oldestSince }, asOf }: OverviewView): string {
  if (oldestSince === null) return '0 keys';
  const longest = formatDuration(Math.max(0, Date.parse(asOf) - Date.parse(oldestSince)));
  return `${keys === 1 ? '1 key' : `${inWords.format(keys)} keys`}, longest ${longest}`;
}

function Figure({ name, value, more }: { name: ReactNode; value: string; more: ReactNode }) {
  return (
    <div className={classes.figure}>
      <dt>{name}</dt>
      <dd className={classes.value}>{value}</dd>
      <dd className={classes.more}>{more}</dd>
    </div>
  );
}

function duplicatesInWords(count: number): string {
  return count === 1 ? '1 duplicate' : `${inWords.format(count)} duplicates`;
}

/** Rounded down: 100 % means all. */
function shareOf(part: number, all: number): string {
  return `${Math.floor((part / all) * 1_000) / 10} %`;
}

function inTime(ms: number | null): string {
  return ms === null ? '–' : formatDuration(ms);
}
