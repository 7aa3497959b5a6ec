/** Whether a bearer token is a JWT in its compact form (RFC 7519): three parts, of which the first begins with `{"`. */
export function looksLikeJwt(token: string): boolean {
  return /^eyJ[\w-]+\.[\w-]+\.[\w-]+$/.test(token);
}
