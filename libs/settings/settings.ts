import type { KeyObject } from 'node:crypto';
import path from 'node:path';
import { defaultRedactedFields } from '#redaction';
import type { EventType } from '#contracts';
import { databaseUrl } from './database-url.ts';
import { eventTypesFile } from './event-types-file.ts';
import { readBroker, type BrokerSettings } from './broker-settings.ts';
import { EnvironmentReader } from './environment.ts';
import { readScriptEnvironment, type ScriptEnvironment } from './script-environment.ts';
import { readScriptLimits, type ScriptLimits } from './script-limits.ts';
import { scriptUser, type ScriptUser } from './script-user.ts';
import { readOidc, type OidcSettings } from './oidc-settings.ts';
import { secretKey } from './secret-key.ts';
import {
  atLeast,
  cidr,
  duration,
  list,
  oneOf,
  port,
  redactedFields,
  text,
  uriReference,
  wholeNumber,
} from './parsers.ts';

export const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

/** What both services are told. */
export interface CommonSettings {
  databaseUrl: string;
  broker: BrokerSettings;
  /** Address that the service listens on. */
  host: string;
  port: number;
  logLevel: LogLevel;
  /** How long a stop may take before what still runs is aborted. */
  shutdownTimeoutMs: number;
  /** What secrets are sealed with: the first seals, all open. Without any, no handler can have a secret. */
  secretKeys: KeyObject[];
  /** Names of the fields of a payload that are not shown. */
  redactedFields: readonly string[];
  /** Event types beyond those of the catalogue. */
  eventTypes: readonly EventType[];
}

export interface RegistrySettings extends CommonSettings {
  /** The login that owns the tables, and brings the schema up to date. */
  migrationDatabaseUrl: string;
  /** The first administrator's key; without it one is made on first start. */
  bootstrapApiKey: string | undefined;
  /** Timeout of a handler that names none. */
  defaultTimeoutMs: number;
  /** Whose `X-Forwarded-…` headers are believed. */
  trustedProxies: string[];
  /** The identity provider whose tokens are accepted; without one there are API keys only. */
  oidc: OidcSettings | undefined;
}

export interface ExecutorSettings extends CommonSettings {
  /** Shares of the keys, which executors divide among themselves. */
  partitions: number;
  /** Absolute folders that scripts may be run from. */
  scriptsDirs: string[];
  scriptEnvironment: ScriptEnvironment;
  /** Who scripts run as; undefined: as the executor. */
  scriptUser: ScriptUser | undefined;
  scriptLimits: ScriptLimits;
  /** Whether what scripts start may gain privileges by being set-user-id, as `sudo` does. */
  scriptNewPrivileges: boolean;
  httpAllowCidrs: string[];
  httpDenyCidrs: string[];
  /** An event id that was seen within this time is not run again. */
  deduplicationWindowMs: number;
  journalRetentionMs: number;
  /** Where events come from, in the CloudEvents that handlers get, unless they say so themselves. */
  cloudEventsSource: string;
  /** What scrapers from other machines show; without it metrics are for this machine only. */
  metricsKey: string | undefined;
}

function readDatabaseUrl(reader: EnvironmentReader): string {
  return reader.require('DATABASE_URL', databaseUrl, 'postgres://user:password@host:5432/provisor');
}

function readCommon(reader: EnvironmentReader, portName: string, defaultPort: number): CommonSettings {
  return {
    databaseUrl: readDatabaseUrl(reader),
    broker: readBroker(reader),
    host: reader.read('HOST', text, '127.0.0.1'),
    port: reader.read(portName, port, defaultPort),
    logLevel: reader.read('LOG_LEVEL', oneOf(logLevels), 'info' as const),
    shutdownTimeoutMs: reader.read('SHUTDOWN_TIMEOUT_MS', wholeNumber(1, 3_600_000), 30_000),
    secretKeys: reader.read('SECRETS_KEY', list(',', secretKey), []),
    redactedFields: reader.read('REDACTED_FIELDS', redactedFields, defaultRedactedFields),
    eventTypes: reader.read('EVENT_TYPES_FILE', eventTypesFile, []),
  };
}

/** @throws {SettingsError} Naming every setting that does not fit. */
export function readRegistrySettings(environment: NodeJS.ProcessEnv = process.env): RegistrySettings {
  const reader = new EnvironmentReader(environment);
  const common = readCommon(reader, 'REGISTRY_PORT', 3000);
  const settings = {
    ...common,
    migrationDatabaseUrl: reader.read('MIGRATION_DATABASE_URL', databaseUrl, common.databaseUrl),
    bootstrapApiKey: reader.read('BOOTSTRAP_API_KEY', atLeast(8), undefined),
    defaultTimeoutMs: reader.read('DEFAULT_TIMEOUT_MS', wholeNumber(1, 3_600_000), 10_000),
    trustedProxies: reader.read('TRUSTED_PROXIES', list(',', cidr), []),
    oidc: readOidc(reader),
  };
  reader.finish();
  return settings;
}

/** @throws {SettingsError} Naming every setting that does not fit. */
export function readExecutorSettings(environment: NodeJS.ProcessEnv = process.env): ExecutorSettings {
  const reader = new EnvironmentReader(environment);
  const user = reader.read('SCRIPT_USER', scriptUser(), undefined);
  const scriptEnvironment = readScriptEnvironment(environment);
  const settings = {
    ...readCommon(reader, 'EXECUTOR_PORT', 3001),
    partitions: reader.read('PARTITIONS', wholeNumber(1, 1024), 16),
    scriptsDirs: reader.read('SCRIPTS_DIRS', list(':', text), ['./scripts']).map((folder) => path.resolve(folder)),
    scriptEnvironment: user ? { ...scriptEnvironment, HOME: user.home } : scriptEnvironment,
    scriptUser: user,
    scriptLimits: readScriptLimits(reader, user !== undefined),
    scriptNewPrivileges: reader.read('SCRIPT_NEW_PRIVILEGES', oneOf(['refused', 'allowed']), 'refused') === 'allowed',
    httpAllowCidrs: reader.read('HTTP_ALLOW_CIDRS', list(',', cidr), []),
    httpDenyCidrs: reader.read('HTTP_DENY_CIDRS', list(',', cidr), []),
    deduplicationWindowMs: reader.read('DEDUPLICATION_WINDOW', duration, 24 * 3_600_000),
    journalRetentionMs: reader.read('JOURNAL_RETENTION', duration, 90 * 24 * 3_600_000),
    cloudEventsSource: reader.read('CLOUDEVENTS_SOURCE', uriReference, '/billing'),
    metricsKey: reader.read('METRICS_KEY', atLeast(16), undefined),
  };
  reader.finish();
  return settings;
}

/** What the rotation of secrets is told. */
export type RotationSettings = Pick<CommonSettings, 'databaseUrl' | 'secretKeys'>;

/** @throws {SettingsError} Naming every setting that does not fit. */
export function readRotationSettings(environment: NodeJS.ProcessEnv = process.env): RotationSettings {
  const reader = new EnvironmentReader(environment);
  const settings = {
    databaseUrl: readDatabaseUrl(reader),
    secretKeys: reader.require('SECRETS_KEY', list(',', secretKey), 'new-key,old-key'),
  };
  reader.finish();
  return settings;
}
