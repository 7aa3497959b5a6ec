import { ApiProperty } from '@nestjs/swagger';
import { durationPattern, parseDuration, type SigningSecret } from '#contracts';
import { Field } from '../../http/fields.ts';
import { MayBeAbsent } from '../../http/optional-body.ts';
import type { Rule } from '../../http/rules.ts';

const overlapDefault = '24h';
const overlapMaxMs = 90 * 24 * 3_600_000;

const overlap: Rule = {
  fault: (value) => {
    const milliseconds = typeof value === 'string' ? parseDuration(value) : undefined;
    return milliseconds !== undefined && milliseconds <= overlapMaxMs
      ? undefined
      : 'must be a duration like 0s, 30m, 24h or 7d, at most 90d';
  },
  schema: { type: 'string', pattern: durationPattern.source },
};

@MayBeAbsent()
export class SigningSecretInput {
  @Field(overlap, {
    required: false,
    default: overlapDefault,
    description:
      'How long the secrets before it sign beside it, so that the receiver has time to change; 0s: not at all',
  })
  overlap?: string;
}

/** In milliseconds. */
export function overlapOf({ overlap = overlapDefault }: SigningSecretInput): number {
  return parseDuration(overlap)!;
}

export class SigningSecretView implements SigningSecret {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ format: 'date-time' })
  createdAt!: string;

  @ApiProperty({
    type: 'string',
    format: 'date-time',
    nullable: true,
    description: 'From then on it signs no more; null for the newest, until it is replaced',
  })
  expiresAt!: string | null;
}

export class MadeSigningSecretView extends SigningSecretView {
  @ApiProperty({
    description: 'The secret, as Standard Webhooks writes it. It is shown this once',
    example: 'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD4Ii8zNmKEvk=',
  })
  secret!: string;
}

/** As the REST API shows it. */
export function signingSecretView({ id, createdAt, expiresAt }: SigningSecret): SigningSecretView {
  return { id, createdAt, expiresAt };
}

export function madeSigningSecretView(made: SigningSecret, secret: string): MadeSigningSecretView {
  return Object.assign(signingSecretView(made), { secret });
}
