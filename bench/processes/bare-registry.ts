/**
 * The reference of the registry: Fastify and pg, with the registry's SQL and nothing else: no roles, no validation
 * beyond a JSON schema, no secrets, no announcements of changes.
 */
import { createHash, randomUUID } from 'node:crypto';
import fastify, { type FastifyRequest } from 'fastify';
import pg from 'pg';
import { serve } from './serve.ts';

/** Answers with its port. */
export interface BareRegistryTask {
  readonly databaseUrl: string;
}

interface HandlerRow extends Record<string, unknown> {
  readonly id: string;
  readonly version: number;
}

interface HandlerInput {
  readonly name: string;
  readonly event: string;
  readonly task: object;
}

/** As many as the registry has. */
const connections = 10;
const retry = { maxAttempts: 8, schedule: ['5s', '5m', '30m', '2h', '5h', '10h', '14h'] };
const bodySchema = {
  type: 'object',
  properties: { name: { type: 'string' }, event: { type: 'string' }, task: { type: 'object' } },
};

serve(async ({ databaseUrl }: BareRegistryTask) => {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: connections });
  const app = fastify();

  app.addHook('onRequest', async (request, reply) => {
    const hash = createHash('sha256').update(request.headers.authorization!.slice('Bearer '.length)).digest();
    const { rowCount } = await pool.query(
      `select id, name, role, hash, expires_at, coalesce(last_used_at < now() - interval '1 minute', true) as stale
       from api_keys where hash = $1 and revoked_at is null and (expires_at is null or expires_at > now())`,
      [hash],
    );
    if (rowCount !== 1) await reply.code(401).send({ title: 'who are you?' });
  });

  app.get('/api/v1/handlers', async (request) => list(pool, request.query as { q?: string; limit: string }));

  app.post(
    '/api/v1/handlers',
    { schema: { body: { ...bodySchema, required: ['name', 'event', 'task'] } } },
    (request, reply) => {
      reply.code(201);
      return changing(pool, (client) => create(client, request.body as HandlerInput));
    },
  );

  app.patch('/api/v1/handlers/:id', { schema: { body: bodySchema } }, (request: FastifyRequest) =>
    changing(pool, (client) => patch(client, (request.params as { id: string }).id, request.body as object)),
  );

  const address = await app.listen({ port: 0, host: '127.0.0.1' });
  return Number(new URL(address).port);
});

async function list(pool: pg.Pool, { q, limit }: { q?: string; limit: string }): Promise<object> {
  const searched = ['name', 'description', `task ->> 'url'`, `task ->> 'path'`];
  const where = `status in ('enabled', 'disabled')
    ${q === undefined ? '' : `and (${searched.map((text) => `${text} ilike $1`).join(' or ')})`}`;
  const values = q === undefined ? [] : [`%${q}%`];
  const [found, counted] = await Promise.all([
    pool.query<HandlerRow>(
      `select * from handlers where ${where} order by priority, name, created_at, id offset 0 limit ${String(Number(limit))}`,
      values,
    ),
    pool.query<{ count: string }>(`select count(*) from handlers where ${where}`, values),
  ]);
  return { items: found.rows, total: Number(counted.rows[0]!.count), page: 1, limit: Number(limit) };
}

/** One change at a time, with its revision. */
async function changing(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<HandlerRow>): Promise<HandlerRow> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    const { rows } = await client.query<{ revision: number }>('select * from catalog where id = 1 for update');
    const handler = await work(client);
    const revision = rows[0]!.revision + 1;
    await client.query('update catalog set revision = $1, changed_at = $2 where id = 1', [revision, new Date()]);
    await client.query('commit');
    return handler;
  } catch (error) {
    await client.query('rollback');
    throw error;
  } finally {
    client.release();
  }
}

async function create(client: pg.PoolClient, { name, event, task }: HandlerInput): Promise<HandlerRow> {
  const last = await client.query<{ priority: number | null }>(
    `select max(priority) as priority from handlers where event = $1 and status <> 'archived'`,
    [event],
  );
  const { rows } = await client.query<HandlerRow>(
    `insert into handlers (id, name, description, event, task, secrets, signing_secrets, status, priority, on_failure,
       timeout_ms, retry, max_concurrency, condition, version, created_at, updated_at)
     values ($1, $2, '', $3, $4, '{}', '[]', 'enabled', $5, 'stop', 10000, $6, 64, null, 1, now(), now()) returning *`,
    [randomUUID(), name, event, task, (last.rows[0]!.priority ?? 0) + 1, retry],
  );
  await audit(client, 'handler.create', null, rows[0]!);
  return rows[0]!;
}

async function patch(client: pg.PoolClient, id: string, fields: object): Promise<HandlerRow> {
  const found = await client.query<HandlerRow>('select * from handlers where id = $1', [id]);
  const before = found.rows[0]!;
  const wanted: Record<string, unknown> = { ...before, ...fields };
  const { rows } = await client.query<HandlerRow>(
    `update handlers set name = $2, description = $3, event = $4, task = $5, secrets = $6, signing_secrets = $7, status = $8,
       priority = $9, on_failure = $10, timeout_ms = $11, retry = $12, max_concurrency = $13, condition = $14, version = $15,
       updated_at = now() where id = $1 returning *`,
    [
      ...[id, wanted['name'], wanted['description'], wanted['event'], wanted['task'], wanted['secrets']],
      ...[JSON.stringify(wanted['signing_secrets']), wanted['status'], wanted['priority'], wanted['on_failure']],
      ...[wanted['timeout_ms'], wanted['retry'], wanted['max_concurrency'], wanted['condition'], before.version + 1],
    ],
  );
  await audit(client, 'handler.update', before, rows[0]!);
  return rows[0]!;
}

async function audit(
  client: pg.PoolClient,
  action: string,
  before: HandlerRow | null,
  after: HandlerRow,
): Promise<void> {
  await client.query(
    `insert into audit (id, at, actor_kind, actor_id, actor_name, address, action, subject_type, subject_id, subject_name, before, after)
     values ($1, now(), 'api_key', 'bare', 'bare', '127.0.0.1', $2, 'handler', $3, $4, $5, $6)`,
    [randomUUID(), action, after.id, after['name'], before, after],
  );
}
