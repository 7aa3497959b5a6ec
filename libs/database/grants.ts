import type { QueryRunner } from 'typeorm';

/** The database roles of the services. A login of another name has the same rights when it is a member of one. */
export const databaseRoles = { registry: 'provisor_registry', executor: 'provisor_executor' } as const;
export type DatabaseService = keyof typeof databaseRoles;

const read = ['select'] as const;
const add = [...read, 'insert'] as const;
const change = [...add, 'update'] as const;
const all = [...change, 'delete'] as const;
const none = [] as const;

/** What executors write of a failure: what happened. */
// prettier-ignore
const facts = [
  'execution_id', 'id', 'journal_id', 'event_id', 'event_type', 'object_id', 'partition_key', 'handler_id', 'task_type',
  'replay_id', 'origin_id', 'reason', 'message', 'reached', 'attempts', 'failed_at', 'skipped', 'recovered_at',
  'operation_id', 'noticed',
];
/** What the registry writes of a failure: what a person has decided. */
const decision = ['assignee', 'note', 'settled_as', 'settled_at', 'settled_by'];

const of = (right: 'insert' | 'update', columns: readonly string[]): string => `${right} (${columns.join(', ')})`;

/**
 * What each service may do with each table. Only one may write it (ADR 0001), or each column of it (ADR 0051), and
 * executors have no business with keys.
 */
export const tableGrants: Record<string, Record<DatabaseService, readonly string[]>> = {
  catalog: { registry: [...read, 'update'], executor: read },
  handlers: { registry: change, executor: read },
  targets: { registry: change, executor: read },
  operations: { registry: change, executor: read },
  api_keys: { registry: all, executor: none },
  sessions: { registry: all, executor: none },
  audit: { registry: add, executor: none },

  events: { registry: read, executor: change },
  event_values: { registry: read, executor: add },
  attempts: { registry: read, executor: add },
  rejected_messages: { registry: read, executor: [...add, 'delete', of('update', ['noticed'])] },
  executors: { registry: read, executor: all },
  deferral_keys: { registry: read, executor: all },
  deferrals: { registry: read, executor: all },
  operation_runs: { registry: read, executor: change },
  paces: { registry: read, executor: change },
  allotments: { registry: read, executor: all },
  troubles: { registry: read, executor: all },
  notices: { registry: read, executor: all },
  notice_watch: { registry: read, executor: [...read, 'update'] },
  executor_absences: { registry: all, executor: none },
  failures: {
    registry: [...read, of('update', decision)],
    executor: [...read, of('insert', facts), of('update', facts), 'delete'],
  },

  migrations: { registry: read, executor: read },
};

/** What an executor does with the grants of the migrating login. */
const executorFunctions = ['make_journal_day', 'drop_journal_days'];

/**
 * Sets the grants of the services' roles, and revokes everything else. Missing roles get none: then the services log in
 * as the owner of the tables. A login that is not the owner cannot grant anything.
 */
export async function applyGrants(runner: QueryRunner): Promise<void> {
  const [state] = (await runner.query(
    `select pg_has_role(relowner, 'usage') as owned, quote_ident(current_schema()) as schema,
       (select coalesce(array_agg(rolname::text), '{}') from pg_roles where rolname = any($1)) as roles
     from pg_class where oid = 'handlers'::regclass`,
    [Object.values(databaseRoles)],
  )) as [{ owned: boolean; schema: string; roles: string[] }];
  if (!state.owned) return;
  const services = Object.keys(databaseRoles) as DatabaseService[];
  const statements = services
    .filter((service) => state.roles.includes(databaseRoles[service]))
    .flatMap((service) => grantsOf(service, state.schema));
  // Several statements in one query are one transaction, so no role is without grants in between.
  if (statements.length > 0) await runner.query(statements.join(';\n'));
}

function grantsOf(service: DatabaseService, schema: string): string[] {
  const role = databaseRoles[service];
  const tables = Object.entries(tableGrants).flatMap(([table, rights]) => [
    `revoke all on ${table} from ${role}`,
    ...(rights[service].length > 0 ? [`grant ${rights[service].join(', ')} on ${table} to ${role}`] : []),
  ]);
  const functions =
    service === 'executor' ? executorFunctions.map((name) => `grant execute on function ${name} to ${role}`) : [];
  return [`grant usage on schema ${schema} to ${role}`, ...tables, ...functions];
}
