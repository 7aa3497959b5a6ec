import type { Handler, SigningSecret } from '#contracts';
import type { Pool } from '#database';
import type { Logger } from '#observability';
import type { SecretBox } from '#secrets';
import { CompiledConditions } from './compiled-conditions.ts';
import { HandlerCatalog, type CatalogHandler } from './handler-catalog.ts';
import type { CatalogSource } from './catalog-keeper.ts';
import { openTask, type LockedTask } from './opened-task.ts';
import { retryPolicy } from './retry-policy.ts';

const handlerColumns = `h.id, h.name, h.event, h.task, h.secrets, h.signing_secrets as "signingSecrets", h.on_failure as "onFailure",
  h.timeout_ms as "timeoutMs", h.max_concurrency as "maxConcurrency", h.retry, h.condition`;

// One statement sees one state of the database, so that the revision and the handlers belong together.
const loadStatement = `
  select c.revision, ${handlerColumns}
  from catalog c left join handlers h on h.status = 'enabled'
  order by h.event, h.priority, h.created_at, h.id`;

const handlerStatement = `select ${handlerColumns} from handlers h where h.id = $1 and h.status <> 'archived'`;

interface HandlerRow extends Omit<CatalogHandler, 'retry' | 'condition' | 'signing' | 'hidden' | 'locked'> {
  readonly event: string;
  readonly secrets: Record<string, string>;
  readonly signingSecrets: SigningSecret[];
  readonly retry: Handler['retry'];
  readonly condition: Handler['condition'];
}

interface Loaded {
  readonly handler: CatalogHandler & { event: string };
  readonly locked?: LockedTask;
}

/** Reads handlers from the database, and opens their secrets. */
export class CatalogLoader implements CatalogSource {
  readonly #pool: Pool;
  readonly #box: SecretBox;
  readonly #logger: Logger;
  readonly #conditions = new CompiledConditions();

  constructor(pool: Pool, box: SecretBox, logger: Logger) {
    this.#pool = pool;
    this.#box = box;
    this.#logger = logger;
  }

  /** The whole catalog as it stands. A handler whose secrets do not open is in it all the same: its events have to wait. */
  async load(): Promise<HandlerCatalog> {
    const { rows } = await this.#pool.query<HandlerRow & { revision: number }>(loadStatement);
    this.#conditions.turn();
    const loaded = rows.filter(({ id }) => (id as string | null) !== null).map((row) => this.#opened(row));
    this.#report(loaded);
    return new HandlerCatalog(
      rows[0]?.revision ?? 0,
      loaded.map(({ handler }) => handler),
    );
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

  #opened({ secrets, signingSecrets, condition, ...row }: HandlerRow): Loaded {
    const handler = {
      ...row,
      retry: retryPolicy(row.retry),
      ...(condition !== null && { condition: this.#conditions.of(condition) }),
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
