import type { EnvironmentReader } from './environment.ts';
import { issuer, text } from './parsers.ts';

/** An OpenID Connect provider whose bearer tokens open the REST API. */
export interface OidcSettings {
  /** As the tokens' `iss` spells it; its metadata are below it. */
  issuer: string;
  /** What the tokens' `aud` has to name: this installation, and no other that trusts the same provider. */
  audience: string;
  /** The claims that may hold the role; the first that is there counts. A dot leads into a claim. */
  rolesClaims: string[];
}

/** Reads the provider's settings; without OIDC_ISSUER there is none, and the others are not looked at. */
export function readOidc(reader: EnvironmentReader): OidcSettings | undefined {
  const url = reader.read('OIDC_ISSUER', issuer, undefined);
  if (url === undefined) return undefined;
  const claim = reader.read('OIDC_ROLES_CLAIM', text, undefined);
  return {
    issuer: url,
    audience: reader.require('OIDC_AUDIENCE', text, 'provisor'),
    rolesClaims: claim === undefined ? ['provisor_role', 'roles'] : [claim],
  };
}
