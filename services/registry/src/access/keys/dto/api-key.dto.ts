import { IsIn, IsString, NotEquals } from 'class-validator';
import { apiRoles, type ApiKeyEntity, type ApiRole } from '#orm';
import { IsDateTime, parseDateTime } from '../../../http/date-time.ts';
import { IfGiven, Trimmed } from '../../../http/fields.ts';
import { DateTime, OneOf, Uuid } from '../../../http/formats.ts';
import { IsOneLine, Length } from '../../../http/text.ts';
import { bootstrapName, type KeyDraft } from '../key-rows.ts';

export class ApiKeyInput {
  /**
   * The person or program that uses the key
   *
   * @example CRM
   */
  @Trimmed()
  @IsString()
  @IsOneLine()
  @Length(1, 100)
  @NotEquals(bootstrapName, { message: `must not be ${bootstrapName}, the name of the first key` })
  name!: string;

  @IsIn(apiRoles)
  role!: ApiRole;

  /** When the key expires. Without it: never */
  @IfGiven()
  @IsDateTime()
  expiresAt?: string;
}

export function keyDraft({ name, role, expiresAt }: ApiKeyInput): KeyDraft {
  return { name, role, expiresAt: expiresAt === undefined ? null : parseDateTime(expiresAt)! };
}

export class ApiKeyView {
  @Uuid()
  id!: string;

  name!: string;

  @OneOf(apiRoles)
  role!: ApiRole;

  /**
   * How it begins; null for BOOTSTRAP_API_KEY
   *
   * @example prov_0193a7c1d2e3
   */
  prefix!: string | null;

  @DateTime()
  createdAt!: string;

  /** Null for never */
  @DateTime()
  expiresAt!: string | null;

  /** To about a minute */
  @DateTime()
  lastUsedAt!: string | null;

  @DateTime()
  revokedAt!: string | null;
}

export class MadeApiKeyView extends ApiKeyView {
  /** The key. It is shown once; Provisor stores only its hash */
  key!: string;
}

export class ApiKeyList {
  items!: ApiKeyView[];
}

export function apiKeyView(key: ApiKeyEntity): ApiKeyView {
  return {
    id: key.id,
    name: key.name,
    role: key.role,
    prefix: key.prefix,
    createdAt: key.createdAt.toISOString(),
    expiresAt: key.expiresAt?.toISOString() ?? null,
    lastUsedAt: key.lastUsedAt?.toISOString() ?? null,
    revokedAt: key.revokedAt?.toISOString() ?? null,
  };
}

export function madeApiKeyView(entity: ApiKeyEntity, key: string): MadeApiKeyView {
  return Object.assign(apiKeyView(entity), { key });
}
