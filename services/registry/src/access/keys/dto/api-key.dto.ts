import { ApiProperty } from '@nestjs/swagger';
import { apiRoles, type ApiKeyEntity, type ApiRole } from '#database';
import { dateTime, parseDateTime } from '../../../http/date-time.ts';
import { Field, Trimmed } from '../../../http/fields.ts';
import { oneOf, text, type Rule } from '../../../http/rules.ts';
import { bootstrapName, type KeyDraft } from '../key-rows.ts';

const nameText = text({ min: 1, max: 100 });

/** A key of this name comes and goes with the settings. */
const keyName: Rule = {
  fault: (value) =>
    value === bootstrapName ? `must not be ${bootstrapName}, which is the first key's` : nameText.fault(value),
  schema: nameText.schema,
};

export class ApiKeyInput {
  @Trimmed()
  @Field(keyName, { description: 'Who or what it is for', example: 'CRM' })
  name!: string;

  @Field(oneOf(apiRoles))
  role!: ApiRole;

  @Field(dateTime, { required: false, description: 'From then on it opens nothing. Without it: never' })
  expiresAt?: string;
}

export function keyDraft({ name, role, expiresAt }: ApiKeyInput): KeyDraft {
  return { name, role, expiresAt: expiresAt === undefined ? null : parseDateTime(expiresAt)! };
}

export class ApiKeyView {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty()
  name!: string;

  @ApiProperty({ type: 'string', enum: [...apiRoles] })
  role!: ApiRole;

  @ApiProperty({
    type: 'string',
    nullable: true,
    description: 'How it begins; null for BOOTSTRAP_API_KEY',
    example: 'prov_0193a7c1d2e3',
  })
  prefix!: string | null;

  @ApiProperty({ format: 'date-time' })
  createdAt!: string;

  @ApiProperty({ type: 'string', format: 'date-time', nullable: true, description: 'Null for never' })
  expiresAt!: string | null;

  @ApiProperty({ type: 'string', format: 'date-time', nullable: true, description: 'To about a minute' })
  lastUsedAt!: string | null;

  @ApiProperty({ type: 'string', format: 'date-time', nullable: true })
  revokedAt!: string | null;
}

export class MadeApiKeyView extends ApiKeyView {
  @ApiProperty({ description: 'The key. It is shown this once, and kept nowhere' })
  key!: string;
}

export class ApiKeyList {
  @ApiProperty({ type: [ApiKeyView] })
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
