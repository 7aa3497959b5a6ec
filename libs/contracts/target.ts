import type { Holdable } from './hold.ts';
import type { HttpTls } from './task.ts';

/** How calls of a target are authenticated, beside its headers. `***` stands where a secret is. */
export type TargetAuth = BasicAuth | ClientCredentialsAuth;

/** RFC 7617. */
export interface BasicAuth {
  type: 'basic';
  username: string;
  password: string;
}

export const clientAuthStyles = ['basic', 'body'] as const;
/** Where the token request has the client's id and secret: in the `Authorization` header, or in its body. */
export type ClientAuthStyle = (typeof clientAuthStyles)[number];

/** RFC 6749, section 4.4. */
export interface ClientCredentialsAuth {
  type: 'oauth2_client_credentials';
  tokenUrl: string;
  clientId: string;
  clientSecret: string;
  scope?: string;
  audience?: string;
  /** RFC 8707. */
  resource?: string;
  style: ClientAuthStyle;
}

export const targetAuthTypes = ['basic', 'oauth2_client_credentials'] as const satisfies TargetAuth['type'][];
export type TargetAuthType = TargetAuth['type'];

/** How many calls a target takes, of all executors together. */
export interface TargetRate {
  perSecond: number;
  /** How many calls may come at once, after a while without any. */
  burst: number;
}

/** What of a target its author decides, in the order in which people see it. */
export interface TargetFields extends Holdable {
  name: string;
  description: string;
  /** With the path of a task behind it. */
  baseUrl: string;
  /** Sent with each call; a task's own come before them. `***` in the place of secret values. */
  headers: Record<string, string>;
  /** Those of the headers whose values are secret, in lower case and sorted; absent when there are none. */
  secretHeaders?: string[];
  tls?: HttpTls;
  auth: TargetAuth | null;
  /** Null: no limit. */
  rate: TargetRate | null;
  /** Calls at a time, of all executors together; null: no limit but those of the handlers. */
  maxConcurrency: number | null;
}

/** An HTTP system that handlers call. */
export interface Target extends TargetFields {
  id: string;
  /** Grows by one with every change. */
  version: number;
}

/** Where a task calls: the base URL of its target with its path behind it, one slash between them. */
export function joinedUrl(baseUrl: string, path: string): string {
  if (path === '') return baseUrl;
  return `${baseUrl.replace(/\/+$/, '')}/${path.replace(/^\/+/, '')}`;
}

/** The bounds of what targets hold; more is refused with 400. Lengths are characters. */
export const targetLimits = {
  nameLength: 255,
  perSecond: { min: 0.01, max: 100_000 },
  burst: { min: 1, max: 100_000 },
  maxConcurrency: { min: 1, max: 100_000 },
  credentialLength: 4_096,
} as const;
