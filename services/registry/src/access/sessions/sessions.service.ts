import { randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { DatabaseClock } from '#database';
import { SessionEntity, type ApiRole } from '#orm';
import type { Logger } from '#observability';
import { Audit } from '../../audit/audit.service.ts';
import { LOGGER } from '../../runtime/tokens.ts';
import type { Caller } from '../caller.ts';
import { hashApiKey } from '../keys/api-key.ts';
import type { KeyHolder } from '../keys/api-keys.service.ts';
import { touchStaleSql, usableKeySql } from '../keys/usable-key.ts';
import { idleMinutes, longestSessionMs } from './session-times.ts';

/** Who is signed in. */
export interface SessionHolder extends KeyHolder {
  readonly kind: 'session';
  readonly sessionId: string;
  readonly expiresAt: Date;
}

interface SessionRow {
  sessionId: string;
  expiresAt: Date;
  stale: boolean;
  id: string;
  name: string;
  role: ApiRole;
}

const aliveSql = `sessions.expires_at > now() and sessions.used_at > now() - interval '${idleMinutes} minutes'`;

/** What the console's users have in place of a key in the browser. */
@Injectable()
export class Sessions {
  readonly #dataSource: DataSource;
  readonly #audit: Audit;
  readonly #clock: DatabaseClock;
  readonly #logger: Logger;

  constructor(dataSource: DataSource, audit: Audit, clock: DatabaseClock, @Inject(LOGGER) logger: Logger) {
    this.#dataSource = dataSource;
    this.#audit = audit;
    this.#clock = clock;
    this.#logger = logger;
  }

  /**
   * Begins a session for the holder of a key.
   *
   * @returns The session, and the value of its cookie, which is kept nowhere.
   */
  async begin(holder: KeyHolder, address: string): Promise<{ session: SessionHolder; token: string }> {
    const token = randomBytes(32).toString('base64url');
    const now = this.#clock.date();
    const latest = new Date(now.getTime() + longestSessionMs);
    const expiresAt = holder.expiresAt !== null && holder.expiresAt < latest ? holder.expiresAt : latest;
    const session: SessionHolder = { ...holder, kind: 'session', sessionId: uuidv7(), expiresAt };
    await this.#dataSource.transaction(async (manager) => {
      await manager.query(`delete from sessions where not (${aliveSql})`);
      await manager.insert(SessionEntity, {
        id: session.sessionId,
        hash: hashApiKey(token),
        keyId: holder.id,
        createdAt: now,
        usedAt: now,
        expiresAt,
      });
      const subject = { type: 'session', id: session.sessionId, name: holder.name } as const;
      await this.#audit.record({ ...session, address }, { action: 'session.begin', subject }, manager);
    });
    return { session, token };
  }

  /** The caller of a session, if it has not ended; asked for each request. */
  async find(token: string): Promise<SessionHolder | undefined> {
    const [found] = await this.#dataSource.query<SessionRow[]>(
      `select sessions.id as "sessionId", sessions.expires_at as "expiresAt",
         ${touchStaleSql('sessions.used_at')} as stale, api_keys.id, api_keys.name, api_keys.role
       from sessions join api_keys on api_keys.id = sessions.key_id
       where sessions.hash = $1 and ${aliveSql} and ${usableKeySql('api_keys')}`,
      [hashApiKey(token)],
    );
    if (!found) return undefined;
    const { stale, ...session } = found;
    if (stale) this.#touch(session.sessionId);
    return { kind: 'session', ...session };
  }

  /** Ends the session that a caller has come with, if they have. */
  async end(caller: Caller): Promise<void> {
    const id = caller.sessionId;
    if (id === undefined) return;
    await this.#dataSource.transaction(async (manager) => {
      await manager.delete(SessionEntity, { id });
      const subject = { type: 'session', id, name: caller.name } as const;
      await this.#audit.record(caller, { action: 'session.end', subject }, manager);
    });
  }

  /** No request waits for it; if it fails, the session ends sooner. */
  #touch(id: string): void {
    const statement = `with used as (update sessions set used_at = now() where id = $1 returning key_id)
      update api_keys set last_used_at = now() from used where api_keys.id = used.key_id`;
    this.#dataSource.query(statement, [id]).catch((error: unknown) => {
      this.#logger.debug({ reason: (error as Error).message }, 'failed to record the use of a session');
    });
  }
}
