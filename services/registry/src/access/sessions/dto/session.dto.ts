import { IsString } from 'class-validator';
import { apiRoles, type ApiRole } from '#orm';
import { DateTime, OneOf } from '../../../http/formats.ts';
import { IsOneLine, Length } from '../../../http/text.ts';
import { callerKinds, type Caller, type CallerKind } from '../../caller.ts';

export class SignInInput {
  /** An API key */
  @IsString()
  @IsOneLine()
  @Length(1, 1_000)
  key!: string;
}

/** Who is asking. */
export class SessionView {
  /** How the caller was authenticated */
  @OneOf(callerKinds)
  kind!: CallerKind;

  /** The API key's, or the subject of a token */
  id!: string;

  name!: string;

  @OneOf(apiRoles)
  role!: ApiRole;

  /** At the latest; null for never */
  @DateTime()
  expiresAt!: string | null;
}

export function sessionView({ kind, id, name, role, expiresAt }: Omit<Caller, 'address'>): SessionView {
  return { kind, id, name, role, expiresAt: expiresAt?.toISOString() ?? null };
}
