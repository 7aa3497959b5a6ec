import type { HttpTls } from '#contracts';

/** What is used with an HTTPS server, with the key in its place. */
export interface CallTls extends HttpTls {
  /** Whether those whom the system trusts may vouch for the server as well as `ca`. */
  readonly trustsSystem?: boolean;
}
