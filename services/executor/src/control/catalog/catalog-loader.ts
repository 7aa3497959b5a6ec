import { compiled } from '#conditions';
import type { Handler, HandlerField, HandlerStatus, SigningSecret } from '#contracts';
import type { Pool } from '#database';
import type { Logger } from '#observability';
import type { SecretBox } from '#secrets';
import {
  HandlerCatalog,
  retryPolicy,
  type CatalogHandler,
  type Place,
  type PlannedHandler,
} from '../../execute/handler-catalog.ts';
import type { CatalogSource } from './live-catalog.ts';
import { openTask, type LockedTask } from './opened-task.ts';

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
  format: 'h.format',
  windows: 'h.windows',
  releasePerSecond: 'h.release_per_second',
} as const satisfies Record<HandlerField, string | null>;

/** What else is read of a handler. */
const otherColumns = {
  id: 'h.id',
  secrets: 'h.secrets',
  signingSecrets: 'h.signing_secrets',
  createdAt: `to_char(h.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`,
} as const;

const handlerColumns = Object.entries({ ...fieldColumns, ...otherColumns })
  .flatMap(([field, column]) => (column === null ? [] : [`${column} as "${field}"`]))
  .join(', ');

// One statement sees one state of the database, so that the revision and the handlers belong together.
const allStatement = `
  select c.revision, h.status, ${handlerColumns} from catalog c left join handlers h on h.status <> 'archived'`;

const changesStatement = `
  select c.revision, h.status, ${handlerColumns} from catalog c left join handlers h on h.revision > $1`;

const handlerStatement = `select ${handlerColumns} from handlers h where h.id = $1 and h.status <> 'archived'`;

type ReadField = {
  [Field in HandlerField]: (typeof fieldColumns)[Field] extends null ? never : Field;
}[HandlerField];

interface HandlerRow extends Pick<Handler, ReadField | 'id'> {
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
    return rows[0] && this.#opened(rows[0]).handler;
  }

  async #rows(statement: string, values: unknown[] = []): Promise<LoadedRow[]> {
    const { rows } = await this.#pool.query<LoadedRow>(statement, values);
    return rows;
  }

  #apply(catalog: HandlerCatalog, rows: readonly LoadedRow[]): HandlerCatalog {
    const handlers: Loaded[] = [];
    const disabled: Place[] = [];
    const archived: string[] = [];
    let newest = 0;
    for (const { revision, status, ...row } of rows) {
      newest = revision;
      if (row.id === null) continue;
      if (status === 'enabled') handlers.push(this.#opened(row));
      else if (status === 'disabled') disabled.push(placeOf(row));
      else archived.push(row.id);
    }
    this.#report(handlers);
    const enabled = handlers.map(({ handler }) => handler);
    return catalog.with(newest, enabled, disabled, archived);
  }

  #opened({ secrets, signingSecrets, condition, ...row }: HandlerRow): Loaded {
    const handler = {
      ...row,
      retry: retryPolicy(row.retry),
      ...(condition !== null && { condition: compiled(condition) }),
    };
    const opened = openTask({ id: row.id, task: row.task, secrets, signingSecrets }, this.#box);
    if ('task' in opened) return { handler: { ...handler, ...opened } };
    const { slot, error } = opened;
    return { handler: { ...handler, locked: `the secret ${slot} does not open: ${error.message}` }, locked: opened };
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
