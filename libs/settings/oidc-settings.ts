import type { EnvironmentReader } from './environment.ts';
import { issuer, text } from './parsers.ts';
import { named } from './setting.ts';

/** An OpenID Connect provider whose bearer tokens open the REST API. */
export interface OidcSettings {
  /** As the tokens' `iss` spells it; its metadata are below it. */
  issuer: string;
  /** What the tokens' `aud` has to name: this installation, and no other that trusts the same provider. */
  audience: string;
  /** The claims that may hold the role; the first that is there counts. A dot leads into a claim. */
  rolesClaims: string[];
}

export const ofProvider = named({
  OIDC_ISSUER: {
    about:
      'URL of the OpenID Connect provider whose bearer tokens the registry accepts. Exactly as in the claim `iss`.',
    parse: issuer,
    unset: 'API keys only',
    example: 'https://id.example.org/realms/main',
  },
  OIDC_AUDIENCE: {
    about: 'Required value of the claim `aud`: identifies this installation.',
    parse: text,
    unset: 'required with `OIDC_ISSUER`',
    example: 'provisor',
  },
  OIDC_ROLES_CLAIM: {
    about:
      'Claim with the role: `viewer`, `operator` or `admin`, or a list with one of them. Dots select nested claims: `realm_access.roles`.',
    parse: text,
    unset: '`provisor_role`, else `roles`',
  },
});

/** Reads the provider's settings. Without OIDC_ISSUER there is none; the others alone are taken for a mistake. */
export function readOidc(reader: EnvironmentReader): OidcSettings | undefined {
  const claim = reader.read(ofProvider.OIDC_ROLES_CLAIM);
  const needsIssuer = (reader.read(ofProvider.OIDC_AUDIENCE) ?? claim) !== undefined;
  const url = needsIssuer ? reader.require(ofProvider.OIDC_ISSUER) : reader.read(ofProvider.OIDC_ISSUER);
  if (url === undefined) return undefined;
  return {
    issuer: url,
    audience: reader.require(ofProvider.OIDC_AUDIENCE),
    rolesClaims: claim === undefined ? ['provisor_role', 'roles'] : [claim],
  };
}
