import { createSecretKey, randomBytes } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DataSource } from 'typeorm';
import type { FieldError } from '#contracts';
import { dataSourceOptions } from '#orm';
import { createLogger, type Logger } from '#observability';
import { defaultRedactedFields } from '#redaction';
import type { RegistrySettings } from '#settings';
import { createMigratedSandbox } from '../../../../test/support/migrated-sandbox.ts';
import { createSandbox, type Sandbox } from '../../../../tools/test/sandbox.ts';
import { RegistryApp } from '../registry-app.ts';

export const testKey = 'a-key-for-tests';

export interface Answer {
  status: number;
  headers: Headers;
  /** Tests look into it; what they assert is the check. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  body: any;
}

export interface RequestOptions {
  /** Sent as JSON; a string or bytes are sent as they are. */
  body?: unknown;
  headers?: Record<string, string>;
  /** The key that is sent; without it that of the tests, an admin's. Null: none. */
  key?: string | null;
}

/** The whole registry, on servers of its own, called as its users call it. */
export interface TestRegistry extends AsyncDisposable {
  readonly registry: RegistryApp;
  readonly app: NestFastifyApplication;
  readonly sandbox: Sandbox;
  readonly settings: RegistrySettings;
  readonly url: string;
  /** With rights that the registry has not: to prepare what others write, and to look at what it wrote. */
  readonly database: DataSource;
  call(method: string, path: string, options?: RequestOptions): Promise<Answer>;
}

export interface TestSurroundings {
  /** Receives the registry's log; by default it is discarded. */
  logger?: Logger;
  /** A built console, where one is wanted. */
  consoleFolder?: string;
  /** Makes of the URL of a database the one that the registry is to use. */
  databaseBy?: (url: string) => string;
  /** The same for the broker's. */
  brokerBy?: (url: string) => string;
  /** Is done with the URL of the database, which is then empty: the registry migrates it. */
  prepare?: (databaseUrl: string) => Promise<void>;
}

export async function startRegistry(
  overrides: Partial<RegistrySettings> = {},
  {
    logger = createLogger('registry', 'silent'),
    consoleFolder,
    databaseBy = (url) => url,
    brokerBy = (url) => url,
    prepare,
  }: TestSurroundings = {},
): Promise<TestRegistry> {
  const sandbox = await (prepare ? createSandbox() : createMigratedSandbox());
  await prepare?.(sandbox.databaseUrl);
  const settings: RegistrySettings = {
    databaseUrl: databaseBy(sandbox.registryDatabaseUrl),
    migrationDatabaseUrl: databaseBy(sandbox.databaseUrl),
    broker: { urls: [brokerBy(sandbox.amqpUrl)] },
    host: '127.0.0.1',
    port: 0,
    logLevel: 'silent',
    shutdownTimeoutMs: 1_000,
    redactedFields: defaultRedactedFields,
    searchFields: [],
    eventTypes: [],
    tracing: undefined,
    metricsKey: undefined,
    publicUrl: undefined,
    noticeIntervalMs: 600_000,
    cloudEventsSource: '/billing',
    bootstrapApiKey: testKey,
    defaultTimeoutMs: 10_000,
    trustedProxies: [],
    oidc: undefined,
    secretKeys: [createSecretKey(randomBytes(32))],
    ...overrides,
  };
  const registry = await RegistryApp.create(settings, logger, consoleFolder);
  await registry.start();
  const app = registry.nest;
  const database = await new DataSource(dataSourceOptions(sandbox.databaseUrl)).initialize();
  const url = `http://127.0.0.1:${(app.getHttpServer().address() as AddressInfo).port}`;
  return {
    registry,
    app,
    sandbox,
    settings,
    url,
    database,
    call: (method, path, options) => call(`${url}${path}`, method, options),
    async [Symbol.asyncDispose]() {
      // A test may have left a request half sent, which the server would wait for.
      app.getHttpServer().closeAllConnections();
      await registry.stop();
      await database.destroy();
      await sandbox.dispose();
    },
  };
}

/** The fields that a problem names, sorted. */
export function errorFields({ body }: Answer): string[] {
  const { errors } = body as { errors: FieldError[] };
  return errors.map(({ field }) => field).sort();
}

/** The items of a list. */
export function itemsOf<T = Record<string, unknown>>({ body }: Answer): T[] {
  return (body as { items: T[] }).items;
}

async function call(
  url: string,
  method: string,
  { body, headers, key = testKey }: RequestOptions = {},
): Promise<Answer> {
  const response = await fetch(url, {
    method,
    redirect: 'manual',
    headers: {
      ...(key !== null && { authorization: `Bearer ${key}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { body: bodyOf(body) }),
  });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') ?? false;
  return { status: response.status, headers: response.headers, body: isJson && text !== '' ? JSON.parse(text) : text };
}

function bodyOf(body: unknown): string | Uint8Array<ArrayBuffer> {
  if (typeof body === 'string') return body;
  return Buffer.isBuffer(body) ? new Uint8Array(body) : JSON.stringify(body);
}
