import { compiled } from '#conditions';
import type { Handler, HandlerField, SigningSecret } from '#contracts';
import type { Pool } from '#database';
import type { Logger } from '#observability';
import type { SecretBox } from '#secrets';
import {
  HandlerCatalog,
  retryPolicy,
  type CatalogHandler,
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
  // The statements choose by it.
  status: null,
  priority: 'h.priority',
  onFailure: 'h.on_failure',
  timeoutMs: 'h.timeout_ms',
  retry: 'h.retry',
  maxConcurrency: 'h.max_concurrency',
  condition: 'h.condition',
  format: 'h.format',
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
  select c.revision, true as enabled, ${handlerColumns} from catalog c left join handlers h on h.status = 'enabled'`;

const changesStatement = `
  select c.revision, h.status = 'enabled' as enabled, ${handlerColumns} from catalog c left join handlers h on h.revision > $1`;

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
type LoadedRow = { readonly revision: number; readonly enabled: boolean } & (HandlerRow | { readonly id: null });

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
   * The catalog as it stands. A handler whose secrets do not open is in it all the same: its events have to wait.
   *
   * @param since Only what was changed after it is read; absent: all.
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

  /** A handler as it stands, enabled or not; undefined when it is archived, or there is none with this id. */
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
    const gone: string[] = [];
    let newest = 0;
    for (const { revision, enabled, ...row } of rows) {
      newest = revision;
      if (row.id === null) continue;
      if (enabled) handlers.push(this.#opened(row));
      else gone.push(row.id);
    }
    this.#report(handlers);
    const enabled = handlers.map(({ handler }) => handler);
    return catalog.with(newest, enabled, gone);
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
      'secrets of handlers do not open; their events wait until SECRETS_KEY has the keys, or the secrets are given again',
    );
  }
}
