import { heartbeatLifeSeconds, lowestIdAt, type CircuitReport, type NoticeSubject } from '#contracts';
import type { PoolClient } from '#database';
import { stillFound, type Finding, type Trouble } from './trouble.ts';
import { troublesOf, type SubjectOfTrouble } from './trouble-rows.ts';

/** What a running executor says of a circuit breaker. */
export interface ReportedCircuit extends CircuitReport {
  readonly executorId: string;
  /** Whether it has opened and closed lately. */
  readonly flickered?: boolean;
}

/** A handler or a target whose circuit breaker was reported, by its id. */
export interface CircuitSubject extends NoticeSubject {
  /** Whether events wait that need it. */
  readonly isWaitedFor: boolean;
  /** Whether one of its latest calls succeeded, since it was first found open. */
  readonly hasSucceeded: boolean;
}

const reportsStatement = {
  name: 'reported-circuits',
  text: `select executors.id as "executorId", report.* from executors,
      json_to_recordset(executors.circuits::json) as report
        ("handlerId" uuid, "targetId" uuid, open boolean, "openedAt" text, openings integer)
    where heartbeat_at > now() - make_interval(secs => $1) and circuits <> '[]'`,
};

/** For this long a breaker is remembered that has opened and closed while nothing looked. */
const rememberedMs = 60_000;

/** The number of latest calls of a handler that decide. */
const latestCalls = 20;

const succeeded = (handlers: string): string => `exists (
      select from ${handlers}, lateral (
        select outcome from attempts where attempts.handler_id = called.id and attempts.id >= asked.since and not test
        order by attempts.id desc limit ${latestCalls}
      ) as latest where latest.outcome = 'success')`;

// A target is what all its handlers are: one that only handlers of notices call makes no notices.
const subjectsStatement = {
  name: 'subjects-of-circuits',
  text: `with asked as (select * from json_to_recordset($1::json) as asked (type text, id uuid, since uuid))
    select asked.type, handlers.id, name,
      exists (select from deferral_keys where handler_id = handlers.id) as "isWaitedFor",
      ${succeeded('(select handlers.id) as called')} as "hasSucceeded"
    from asked join handlers on asked.type = 'handler' and handlers.id = asked.id
    where event not like 'provisor.%'
    union all
    select asked.type, targets.id, targets.name, exists (
        select from deferral_keys join handlers on handlers.id = handler_id where task ->> 'target' = targets.id::text),
      ${succeeded("(select id from handlers where task ->> 'target' = targets.id::text) as called")}
    from asked join targets on asked.type = 'target' and targets.id = asked.id
    where exists (select from handlers where task ->> 'target' = targets.id::text and event not like 'provisor.%')`,
};

/** The circuit breakers of handlers and targets that are open on any executor. */
export async function circuitFindings(client: PoolClient, known: readonly Trouble[], now: Date): Promise<Finding[]> {
  const { rows } = await client.query<ReportedCircuit>({ ...reportsStatement, values: [heartbeatLifeSeconds] });
  const reports = rows.map((report) => {
    const wasOpen = now.getTime() - Date.parse(report.openedAt) < rememberedMs;
    return { ...report, flickered: !report.open && wasOpen };
  });
  const open = reports.filter((report) => report.open || report.flickered);
  if (open.length === 0 && known.length === 0) return [];
  // Also of those that are over, for what opened before that is no news.
  const before = await troublesOf(client, open.map(subjectOf));
  const asked = [
    ...known.map(({ subject, since }) => ({ type: subject.type, id: subject.id, since: lowestIdAt(since.getTime()) })),
    ...open.map((report) => ({ ...subjectOf(report).subject, since: lowestIdAt(Date.parse(report.openedAt)) })),
  ];
  // Of a subject that is asked about twice, the earlier time counts.
  const bySubject = new Map(asked.toSorted((a, b) => b.since.localeCompare(a.since)).map((one) => [one.id, one]));
  const { rows: subjects } = await client.query<CircuitSubject>({
    ...subjectsStatement,
    values: [JSON.stringify([...bySubject.values()])],
  });
  const troubles = new Map([...before, ...known].map((trouble) => [trouble.subject.id, trouble]));
  return judgeCircuits(reports, subjects, [...troubles.values()]);
}

function subjectOf({ targetId, handlerId }: CircuitReport): SubjectOfTrouble {
  const subject = targetId
    ? ({ type: 'target', id: targetId } as const)
    : ({ type: 'handler', id: handlerId! } as const);
  return { kind: 'circuit', subject };
}

/**
 * A circuit breaker belongs to an executor, and the trouble to the handler or target. It goes on while one is open, and
 * also when the executor that had it open is gone: until another one's has closed since, or nothing waits any more. A
 * breaker may stay open because its executor makes no calls any more: that is no trouble when others' calls succeed.
 * One that has opened and closed since the last look is a trouble that the next look ends.
 *
 * @param known Those that go on; of subjects whose breakers have opened, also those that are over.
 */
export function judgeCircuits(
  reports: readonly ReportedCircuit[],
  subjects: readonly CircuitSubject[],
  known: readonly Trouble[],
): Finding[] {
  const byId = Map.groupBy(reports, (report) => report.targetId ?? report.handlerId);
  const troubles = new Map(known.map((trouble) => [trouble.subject.id, trouble]));
  const judged = subjects.flatMap(({ isWaitedFor, hasSucceeded, ...subject }): Finding[] => {
    const ofSubject = byId.get(subject.id) ?? [];
    const opened = ofSubject.filter(({ open }) => open).toSorted((a, b) => a.openedAt.localeCompare(b.openedAt))[0];
    if (opened && (isWaitedFor || !hasSucceeded)) return [openCircuit(subject, opened)];
    const trouble = troubles.get(subject.id);
    const isNews = ({ open, flickered, openedAt }: ReportedCircuit) =>
      !open && flickered && !trouble?.open && Date.parse(openedAt) > (trouble?.changedAt?.getTime() ?? 0);
    const missed = ofSubject.find(isNews);
    if (missed) return [openCircuit(subject, missed)];
    if (!trouble) return [];
    const hasClosed = ofSubject.some(({ open, openedAt }) => !open && Date.parse(openedAt) >= trouble.since.getTime());
    return [stillFound(trouble, trouble.open && !hasClosed && isWaitedFor)];
  });
  const found = new Set(judged.map(({ subject }) => subject.id));
  // Handlers and targets that are gone.
  return [...judged, ...known.filter(({ subject }) => !found.has(subject.id)).map((one) => stillFound(one, false))];
}

function openCircuit(subject: NoticeSubject, { executorId, openedAt }: ReportedCircuit): Finding {
  const who = subject.type === 'target' ? 'target' : 'handler';
  return {
    kind: 'circuit',
    subject,
    since: new Date(openedAt),
    open: true,
    size: 1,
    reason: 'circuit_open',
    message: `Most calls of the ${who} fail. Its events wait until a call succeeds.`,
    first: {
      eventId: null,
      executorId,
      ...(subject.type === 'handler' && { handlerId: subject.id }),
      at: new Date(openedAt).toISOString(),
    },
  };
}
