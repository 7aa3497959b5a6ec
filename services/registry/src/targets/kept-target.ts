import {
  isSecretHeader,
  secretMark,
  secretSlots,
  usualReleasePerSecond,
  type FieldError,
  type TargetAuth,
} from '#contracts';
import type { TargetEntity } from '#orm';
import type { SecretBox } from '#secrets';
import { InvalidInput } from '../domain-error.ts';
import { keptHeaders } from '../handlers/secrets/kept-headers.ts';
import { KeptSecrets, type SecretKeeping } from '../handlers/secrets/kept-secrets.ts';
import { keptTls } from '../handlers/secrets/kept-tls.ts';
import { plainWindows } from '../holds/plain-windows.ts';
import type { TargetAuthInput } from './dto/target-auth.dto.ts';
import type { CreateTargetInput, PatchTargetInput } from './dto/target-input.dto.ts';
import { shownTarget, type ShownTarget } from './shown-target.ts';
import { originOf } from './target-lookup.ts';

/** A target as it is kept: whole and without its secrets, and these sealed. */
export type KeptTarget = ShownTarget & Pick<TargetEntity, 'secrets'>;

export interface TargetKeeping extends SecretKeeping {
  readonly box: SecretBox;
  readonly current?: KeptTarget;
}

/**
 * A new target, or a whole one in the place of what is kept. `***` for a secret means the one that is kept; it stays
 * with the origin that it was given for.
 *
 * @throws {InvalidInput} Naming each secret that cannot be kept, and each that is not there to be.
 */
export function keptTarget(draft: CreateTargetInput, keeping: TargetKeeping): KeptTarget {
  const { name, description = '', baseUrl, headers = {}, secretHeaders = [], tls, auth, rate } = draft;
  const { current } = keeping;
  const moved = current !== undefined && originOf(current.baseUrl) !== originOf(baseUrl);
  const kept = new KeptSecrets(keeping, moved);
  const shown = keptHeaders({ headers, secretHeaders, prefix: '' }, kept, keeping);
  if (auth) kept.faults.push(...Object.keys(headers).flatMap(rivalOfAuth));
  const urls = [baseUrl, ...(auth?.type === 'oauth2_client_credentials' ? [auth.tokenUrl] : [])];
  const target: KeptTarget = {
    name,
    description,
    baseUrl,
    ...shown,
    tls: (tls && keptTls({ urls, tls, field: 'tls' }, kept, keeping)) ?? null,
    auth: auth ? keptAuth(auth, kept, current) : null,
    rate: rate ? { perSecond: rate.perSecond, burst: rate.burst ?? 1 } : null,
    maxConcurrency: draft.maxConcurrency ?? null,
    windows: plainWindows(draft.windows ?? []),
    releasePerSecond: draft.releasePerSecond ?? usualReleasePerSecond,
    secrets: kept.sealed,
  };
  if (kept.faults.length > 0) throw new InvalidInput(kept.faults);
  return target;
}

/** What is wrong with a header where authentication sends its own of that name. */
function rivalOfAuth(header: string): FieldError[] {
  if (header.toLowerCase() !== 'authorization') return [];
  return [{ field: `headers.${header}`, message: 'must not be given together with auth, which sends its own' }];
}

/**
 * What is kept, with a change to it: each field is replaced whole.
 *
 * @throws {InvalidInput} When the change takes the mark of a secret from headers, without giving their values.
 */
export function changedDraft(current: KeptTarget, patch: PatchTargetInput): CreateTargetInput {
  const given = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
  const draft = { ...shownTarget(current), ...given } as CreateTargetInput;
  if (patch.headers === undefined && patch.secretHeaders?.length === 0 && current.secretHeaders.length > 0) {
    throw new InvalidInput(current.secretHeaders.map(stillSecret));
  }
  if (patch.headers !== undefined && patch.secretHeaders === undefined) {
    // A header that goes takes its mark along.
    const names = Object.keys(patch.headers).map((name) => name.toLowerCase());
    draft.secretHeaders = current.secretHeaders.filter((name) => names.includes(name));
  }
  return draft;
}

function stillSecret(header: string): FieldError {
  const why = isSecretHeader(header)
    ? 'which is secret by its name'
    : 'which is stored as a secret: give its value in headers';
  return { field: 'secretHeaders', message: `cannot leave out ${header}, ${why}` };
}

function keptAuth(auth: TargetAuthInput, kept: KeptSecrets, current: KeptTarget | undefined): TargetAuth {
  const field = auth.type === 'basic' ? 'auth.password' : 'auth.clientSecret';
  const outdated = current && outdatedBy(auth, current.auth);
  const value = auth.type === 'basic' ? auth.password : auth.clientSecret;
  kept.add({ slot: secretSlots.auth, value, field, unkept: { field }, ...(outdated !== undefined && { outdated }) });
  if (auth.type === 'basic') return { type: auth.type, username: auth.username, password: secretMark };
  const { type, tokenUrl, clientId, scope, audience, resource, style = 'basic' } = auth;
  return {
    type,
    tokenUrl,
    clientId,
    clientSecret: secretMark,
    ...(scope !== undefined && { scope }),
    ...(audience !== undefined && { audience }),
    ...(resource !== undefined && { resource }),
    style,
  };
}

/** Why the secret of what is kept is none for this; undefined when it may be. */
function outdatedBy(auth: TargetAuthInput, before: TargetAuth | null): string | undefined {
  if (before === null) return undefined;
  if (auth.type !== before.type) return 'the authentication has another type';
  if (auth.type === 'basic' || before.type === 'basic') return undefined;
  return originOf(auth.tokenUrl) === originOf(before.tokenUrl) ? undefined : 'the token URL has another origin';
}
