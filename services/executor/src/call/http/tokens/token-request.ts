import type { Dispatcher } from 'undici';
import { clientPassword, type TokenAuth } from '../../opened-target.ts';
import { targetUrl } from '../guard/address-policy.ts';

/** The request for an access token by client credentials (RFC 6749, 4.4.2). @throws AddressRefused */
export function tokenRequest(auth: TokenAuth): Dispatcher.DispatchOptions {
  const { tokenUrl, clientId, clientSecret, scope, audience, resource, style } = auth;
  const { origin, pathname, search } = targetUrl(tokenUrl);
  const form = new URLSearchParams({ grant_type: 'client_credentials' });
  if (scope !== undefined) form.set('scope', scope);
  if (audience !== undefined) form.set('audience', audience);
  if (resource !== undefined) form.set('resource', resource);
  if (style === 'body') {
    form.set('client_id', clientId);
    form.set('client_secret', clientSecret);
  }
  return {
    origin,
    path: pathname + search,
    method: 'POST',
    headers: {
      accept: 'application/json',
      'content-type': 'application/x-www-form-urlencoded',
      ...(style === 'basic' && { authorization: `Basic ${clientPassword(auth)}` }),
    },
    body: form.toString(),
  };
}

/** A token endpoint as messages name it: without user, password and query, which may hold secrets. */
export function endpointName(tokenUrl: string): string {
  const url = URL.parse(tokenUrl);
  return url ? url.origin + url.pathname : 'which has no valid URL';
}
