import { compiled } from '#conditions';
import type { Handler, HandlerField, HandlerStatus, SigningSecret, Target } from '#contracts';
import type { Pool } from '#database';
import type { Logger } from '#observability';
import { AnswerRules } from '#outcomes';
import type { SecretBox } from '#secrets';
import {
  HandlerCatalog,
  retryPolicy,
  type CatalogHandler,
  type CatalogTarget,
  type Place,
  type PlannedHandler,
} from '../../execute/handler-catalog.ts';
import type { CatalogSource } from './live-catalog.ts';
import type { SealedTarget } from '../../call/opened-target.ts';
import { openTarget, openTask, type LockedTask } from './opened-task.ts';

/** Where the executor reads each field of a handler; null: it needs no such field. */
const fieldColumns = {
  name: 'h.name',
  description: null,
  event: 'h.event',
  task: 'h.task',
  // It says which list of the catalog the handler is in.
  status: null,
  priority: 'h.priority',
  onFailure: 'h.on_failure',
  timeoutMs: 'h.timeout_ms',
  retry: 'h.retry',
  maxConcurrency: 'h.max_concurrency',
  condition: 'h.condition',
  lasting: 'h.lasting',
  format: 'h.format',
  outcomes: 'h.outcomes',
  keep: 'h.keep',
  windows: 'h.windows',
  releasePerSecond: 'h.release_per_second',
} as const satisfies Record<HandlerField, string | null>;

/** What else is read of a handler. */
const otherColumns = {
  id: 'h.id',
  hold: 'h.hold',
  secrets: 'h.secrets',
  signingSecrets: 'h.signing_secrets',
  createdAt: `to_char(h.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`,
} as const;

/** Where the executor reads each field of a target. */
const targetColumns = {
  id: 't.id',
  name: 't.name',
  version: 't.version',
  baseUrl: 't.base_url',
  headers: 't.headers',
  secretHeaders: 't.secret_headers',
  tls: 't.tls',
  auth: 't.auth',
  secrets: 't.secrets',
  rate: 't.rate',
  maxConcurrency: 't.max_concurrency',
  hold: 't.hold',
  windows: 't.windows',
  releasePerSecond: 't.release_per_second',
} as const satisfies Record<keyof TargetRow, string>;

const handlerColumns = Object.entries({ ...fieldColumns, ...otherColumns })
  .flatMap(([field, column]) => (column === null ? [] : [`${column} as "${field}"`]))
  .join(', ');
const targetAsJson = `case when t.id is not null then json_build_object(${Object.entries(targetColumns)
  .map(([field, column]) => `'${field}', ${column}`)
  .join(', ')}) end as target`;
const columns = `${handlerColumns}, ${targetAsJson}`;
const withTarget = `left join targets t on t.id = (h.task ->> 'target')::uuid and t.deleted_at is null`;

// One statement sees one state of the database, so that the revision and the handlers belong together.
const allStatement = `
  select c.revision, h.status, ${columns}
  from catalog c left join handlers h on h.status <> 'archived' ${withTarget}`;

// A change of a target is one of all handlers that name it.
const changesStatement = `
  with changed as (
    select id from handlers where revision > $1
    union select handlers.id from targets join handlers on handlers.task ->> 'target' = targets.id::text
    where targets.revision > $1
  )
  select c.revision, h.status, ${columns}
  from catalog c left join (changed join handlers h using (id)) on true ${withTarget}`;

const handlerStatement = `
  select ${columns} from handlers h ${withTarget} where h.id = $1 and h.status <> 'archived'`;

type ReadField = {
  [Field in HandlerField]: (typeof fieldColumns)[Field] extends null ? never : Field;
}[HandlerField];

interface TargetRow
  extends
    SealedTarget,
    Pick<Target, 'name' | 'version' | 'rate' | 'maxConcurrency' | 'hold' | 'windows' | 'releasePerSecond'> {
  readonly secrets: Record<string, string>;
}

interface HandlerRow extends Pick<Handler, ReadField | 'id' | 'hold'> {
  readonly target: TargetRow | null;
  readonly secrets: Record<string, string>;
  readonly signingSecrets: SigningSecret[];
  /** ISO 8601 with microseconds, UTC. */
  readonly createdAt: string;
}

/** The revision stands in each row; one row without a handler says that there is none to tell of. */
type LoadedRow = { readonly revision: number; readonly status: HandlerStatus } & (HandlerRow | { readonly id: null });

interface Loaded {
  readonly handler: PlannedHandler;
  readonly locked?: LockedTask;
}

/** Reads handlers from the database, and opens their secrets. */
export class CatalogLoader implements CatalogSource {
  readonly #pool: Pool;
  readonly #box: SecretBox;
  readonly #logger: Logger;

  constructor(pool: Pool, box: SecretBox, logger: Logger) {
    this.#pool = pool;
    this.#box = box;
    this.#logger = logger;
  }

  /**
   * The current catalog. It includes handlers whose secrets cannot be decrypted, because their events have to wait.
   *
   * @param since Only later changes are read; absent: all.
   */
  async load(since?: HandlerCatalog): Promise<HandlerCatalog> {
    if (!since) return this.#apply(HandlerCatalog.empty, await this.#rows(allStatement));
    const rows = await this.#rows(changesStatement, [since.revision]);
    // A database that was put back to an earlier state does not know what it has not had.
    return rows[0] && rows[0].revision < since.revision ? this.load() : this.#apply(since, rows);
  }

  /** The revision, which is cheap to ask for. */
  async revision(): Promise<number> {
    const { rows } = await this.#pool.query<{ revision: number }>('select revision from catalog');
    return rows[0]?.revision ?? 0;
  }

  /** The current handler, enabled or not; undefined if it is archived or does not exist. */
  async handler(id: string): Promise<CatalogHandler | undefined> {
    const { rows } = await this.#pool.query<HandlerRow>(handlerStatement, [id]);
    return rows[0] && this.#opened(rows[0], new Map()).handler;
  }

  async #rows(statement: string, values: unknown[] = []): Promise<LoadedRow[]> {
    const { rows } = await this.#pool.query<LoadedRow>(statement, values);
    return rows;
  }

  #apply(catalog: HandlerCatalog, rows: readonly LoadedRow[]): HandlerCatalog {
    const handlers: Loaded[] = [];
    const disabled: Place[] = [];
    const archived: string[] = [];
    // Those of before that are the same now are kept, with all that hangs on them.
    const targets = new Map(catalog.targets);
    let newest = 0;
    for (const { revision, status, ...row } of rows) {
      newest = revision;
      if (row.id === null) continue;
      if (status === 'enabled') handlers.push(this.#opened(row, targets));
      else if (status === 'disabled') disabled.push(placeOf(row));
      else archived.push(row.id);
    }
    this.#report(handlers);
    const enabled = handlers.map(({ handler }) => handler);
    return catalog.with(newest, enabled, disabled, archived);
  }

  /** @param targets Those that are open, by id; a target that is opened is added. */
  #opened(
    { secrets, signingSecrets, condition, outcomes, keep, target: targetRow, ...row }: HandlerRow,
    targets: Map<string, CatalogTarget>,
  ): Loaded {
    const target = targetRow ? this.#openedTarget(targetRow, targets) : undefined;
    const rules = new AnswerRules({ outcomes, keep });
    const handler = {
      ...row,
      retry: retryPolicy(row.retry),
      ...(condition !== null && { condition: compiled(condition) }),
      ...(!rules.isEmpty && { rules }),
      ...(target && { target }),
    };
    const through = target && 'url' in target.opened ? target.opened : undefined;
    const opened = openTask({ id: row.id, task: row.task, secrets, signingSecrets }, this.#box, through);
    if ('slot' in opened) {
      const { slot, error } = opened;
      return { handler: { ...handler, locked: `the secret ${slot} does not open: ${error.message}` }, locked: opened };
    }
    if (target && 'locked' in target.opened) return { handler: { ...handler, locked: target.opened.locked } };
    if (!target && row.task.type === 'http' && row.task.target !== undefined) {
      return { handler: { ...handler, locked: `there is no target ${row.task.target}` } };
    }
    return { handler: { ...handler, ...opened } };
  }

  #openedTarget(row: TargetRow, targets: Map<string, CatalogTarget>): CatalogTarget {
    const known = targets.get(row.id);
    if (known?.version === row.version) return known;
    const { id, name, version, rate, maxConcurrency, hold, windows, releasePerSecond } = row;
    const opened = openTarget(row, this.#box);
    if ('error' in opened) this.#reportTarget(row, opened);
    const target = {
      ...{ id, name, version, rate, maxConcurrency, hold, windows, releasePerSecond },
      opened:
        'error' in opened
          ? { locked: `the secret ${opened.slot} of its target does not open: ${opened.error.message}` }
          : opened,
    };
    targets.set(id, target);
    return target;
  }

  #reportTarget({ id, name }: TargetRow, { slot, error }: LockedTask): void {
    const { keyId, code } = error;
    this.#logger.error(
      { targetId: id, target: name, slot, keyId, code },
      'failed to decrypt target secrets; events wait until SECRETS_KEY has the key or the secrets are set again',
    );
  }

  #report(loaded: readonly Loaded[]): void {
    const handlers = loaded.flatMap(({ handler: { id, name }, locked }) =>
      locked ? [{ id, name, slot: locked.slot, keyId: locked.error.keyId, code: locked.error.code }] : [],
    );
    if (handlers.length === 0) return;
    this.#logger.error(
      { handlers },
      'failed to decrypt handler secrets; events wait until SECRETS_KEY has the key or the secrets are set again',
    );
  }
}

/** What is kept of a disabled handler: an event records that it was skipped. */
function placeOf({ id, event, priority, createdAt }: HandlerRow): Place {
  return { id, event, priority, createdAt };
}
