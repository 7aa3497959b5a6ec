import { ApiProperty } from '@nestjs/swagger';
import { apiRoles, type ApiRole } from '#database';
import { Field } from '../../../http/fields.ts';
import { text } from '../../../http/rules.ts';
import { callerKinds, type Caller, type CallerKind } from '../../caller.ts';

export class SignInInput {
  @Field(text({ min: 1, max: 1_000 }), { description: 'An API key' })
  key!: string;
}

/** Who is asking. */
export class SessionView {
  @ApiProperty({ type: 'string', enum: [...callerKinds], description: 'How they have shown who they are' })
  kind!: CallerKind;

  @ApiProperty({ description: "The API key's, or the subject of a token" })
  id!: string;

  @ApiProperty()
  name!: string;

  @ApiProperty({ type: 'string', enum: [...apiRoles] })
  role!: ApiRole;

  @ApiProperty({ type: 'string', format: 'date-time', nullable: true, description: 'At the latest; null for never' })
  expiresAt!: string | null;
}

export function sessionView({ kind, id, name, role, expiresAt }: Omit<Caller, 'address'>): SessionView {
  return { kind, id, name, role, expiresAt: expiresAt?.toISOString() ?? null };
}
