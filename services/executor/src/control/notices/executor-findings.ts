import { heartbeatLifeSeconds } from '#contracts';
import type { PoolClient } from '#database';
import { stillFound, type Finding, type Trouble } from './trouble.ts';

interface Row {
  id: string;
  host: string;
  pid: number;
  heartbeatAt: Date;
}

const lostStatement = {
  name: 'lost-executors',
  text: `select id, host, pid, heartbeat_at as "heartbeatAt" from executors
    where heartbeat_at < now() - make_interval(secs => $1)`,
};

/** Executors whose heartbeat has stopped: one that ends in order deletes its row. */
export async function executorFindings(client: PoolClient, known: readonly Trouble[]): Promise<Finding[]> {
  const { rows } = await client.query<Row>({ ...lostStatement, values: [heartbeatLifeSeconds] });
  const lost = rows.map(({ id, host, pid, heartbeatAt }): Finding => ({
    kind: 'executor',
    subject: { type: 'executor', id, name: `${host}:${pid}` },
    since: heartbeatAt,
    open: true,
    size: 1,
    reason: 'no_heartbeat',
    message: 'The executor has stopped without saying so. Other executors take over its events.',
    first: { eventId: null, executorId: id, at: heartbeatAt.toISOString() },
  }));
  const found = new Set(rows.map(({ id }) => id));
  return [...lost, ...known.filter(({ subject }) => !found.has(subject.id)).map((one) => stillFound(one, false))];
}
