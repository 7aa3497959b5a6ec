import { durationPattern, parseDuration, type SigningSecret } from '#contracts';
import { customRule } from '../../http/custom-rule.ts';
import { IfGiven } from '../../http/fields.ts';
import { DateTime, Uuid } from '../../http/formats.ts';
import { MayBeAbsent } from '../../http/optional-body.ts';

const overlapDefault = '24h';
const overlapMaxMs = 90 * 24 * 3_600_000;

/** A duration within bounds. */
function IsOverlap(): PropertyDecorator {
  const fault = (value: unknown): string | undefined => {
    const milliseconds = typeof value === 'string' ? parseDuration(value) : undefined;
    return milliseconds !== undefined && milliseconds <= overlapMaxMs
      ? undefined
      : 'must be a duration like 0s, 30m, 24h or 7d, at most 90d';
  };
  return customRule({ name: 'overlap', fault, schema: { pattern: durationPattern.source } });
}

@MayBeAbsent()
export class SigningSecretInput {
  /** How long earlier secrets also sign, so that the receiver has time to change; 0s: not at all */
  @IfGiven({ default: overlapDefault })
  @IsOverlap()
  overlap?: string;
}

/** In milliseconds. */
export function overlapOf({ overlap = overlapDefault }: SigningSecretInput): number {
  return parseDuration(overlap)!;
}

export class SigningSecretView implements SigningSecret {
  @Uuid()
  id!: string;

  @DateTime()
  createdAt!: string;

  /** When it stops signing; null for the newest secret */
  @DateTime()
  expiresAt!: string | null;
}

export class MadeSigningSecretView extends SigningSecretView {
  /**
   * The secret, as Standard Webhooks writes it. It is shown this once
   *
   * @example whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD4Ii8zNmKEvk=
   */
  secret!: string;
}

/** As the REST API shows it. */
export function signingSecretView({ id, createdAt, expiresAt }: SigningSecret): SigningSecretView {
  return { id, createdAt, expiresAt };
}

export function madeSigningSecretView(made: SigningSecret, secret: string): MadeSigningSecretView {
  return Object.assign(signingSecretView(made), { secret });
}
