import type { KeyObject } from 'node:crypto';
import path from 'node:path';
import type { EventType } from '#contracts';
import type { SearchField } from '#search';
import { readBroker, type BrokerSettings } from './broker-settings.ts';
import { common, type LogLevel } from './common-settings.ts';
import { EnvironmentReader } from './environment.ts';
import { ofExecutor } from './executor-settings.ts';
import { readOidc, type OidcSettings } from './oidc-settings.ts';
import { liesIn, publicAddresses } from './parsers.ts';
import { ofRegistry } from './registry-settings.ts';
import { readScriptEnvironment, type ScriptEnvironment } from './script-environment.ts';
import { ofScripts, readScriptLimits, type ScriptLimits } from './script-limits.ts';
import type { ScriptUser } from './script-user.ts';
import { refuseRedactedFields } from './search-fields.ts';
import type { Setting } from './setting.ts';
import type { SmtpServer } from './smtp-server.ts';
import { readTracing, type TracingSettings } from './tracing-settings.ts';

/** The settings of both services. */
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
  /** Fields of events whose values are indexed. */
  searchFields: readonly SearchField[];
  /** Event types beyond those of the catalogue. */
  eventTypes: readonly EventType[];
  /** Where events come from, in the CloudEvents that handlers get, unless they say so themselves. */
  cloudEventsSource: string;
  /** What scrapers from other machines show; without it executors tell metrics to this machine only. */
  metricsKey: string | undefined;
  /** What links in notices begin with; undefined: they are paths. */
  publicUrl: string | undefined;
  /** Between two notices of one kind about one subject. */
  noticeIntervalMs: number;
  /** Where traces go; undefined: none are made. */
  tracing: TracingSettings | undefined;
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
  /** Memory for the bodies of messages, bytes. */
  prefetchBytes: number;
  httpAllowCidrs: string[];
  httpDenyCidrs: string[];
  /** An event id that was seen within this time is not run again. */
  deduplicationWindowMs: number;
  journalRetentionMs: number;
  /** Where e-mails go out; undefined: nowhere. */
  smtp: SmtpServer | undefined;
  /** A key that has waited for longer is stuck. */
  keyStuckAfterMs: number;
}

function readCommon(reader: EnvironmentReader, port: Setting<number> & { readonly default: string }): CommonSettings {
  const redactedFields = reader.read(common.REDACTED_FIELDS);
  const searchFields = reader.read(common.SEARCH_FIELDS) ?? [];
  refuseRedactedFields(reader, searchFields, redactedFields);
  return {
    databaseUrl: reader.require(common.DATABASE_URL),
    broker: readBroker(reader),
    host: reader.read(common.HOST),
    port: reader.read(port),
    logLevel: reader.read(common.LOG_LEVEL),
    shutdownTimeoutMs: reader.read(common.SHUTDOWN_TIMEOUT_MS),
    secretKeys: reader.read(common.SECRETS_KEY) ?? [],
    redactedFields,
    searchFields,
    eventTypes: reader.read(common.EVENT_TYPES_FILE) ?? [],
    cloudEventsSource: reader.read(common.CLOUDEVENTS_SOURCE),
    metricsKey: reader.read(common.METRICS_KEY),
    publicUrl: reader.read(common.PUBLIC_URL),
    noticeIntervalMs: reader.read(common.NOTICE_INTERVAL),
    tracing: readTracing(reader),
  };
}

/** @throws {SettingsError} Naming every setting that does not fit. */
export function readRegistrySettings(environment: NodeJS.ProcessEnv = process.env): RegistrySettings {
  const reader = new EnvironmentReader(environment);
  const shared = readCommon(reader, ofRegistry.REGISTRY_PORT);
  const settings = {
    ...shared,
    migrationDatabaseUrl: reader.read(ofRegistry.MIGRATION_DATABASE_URL) ?? shared.databaseUrl,
    bootstrapApiKey: reader.read(ofRegistry.BOOTSTRAP_API_KEY),
    defaultTimeoutMs: reader.read(ofRegistry.DEFAULT_TIMEOUT_MS),
    trustedProxies: reader.read(ofRegistry.TRUSTED_PROXIES) ?? [],
    oidc: readOidc(reader),
  };
  reader.finish();
  return settings;
}

/** @throws {SettingsError} Naming every setting that does not fit. */
export function readExecutorSettings(environment: NodeJS.ProcessEnv = process.env): ExecutorSettings {
  const reader = new EnvironmentReader(environment);
  const user = reader.read(ofScripts.SCRIPT_USER);
  const scriptEnvironment = readScriptEnvironment(environment);
  const settings = {
    ...readCommon(reader, ofExecutor.EXECUTOR_PORT),
    partitions: reader.read(ofExecutor.PARTITIONS),
    prefetchBytes: reader.read(ofExecutor.PREFETCH_BYTES),
    scriptsDirs: reader.read(ofScripts.SCRIPTS_DIRS).map((folder) => path.resolve(folder)),
    scriptEnvironment: user ? { ...scriptEnvironment, HOME: user.home } : scriptEnvironment,
    scriptUser: user,
    scriptLimits: readScriptLimits(reader, user !== undefined),
    scriptNewPrivileges: reader.read(ofScripts.SCRIPT_NEW_PRIVILEGES) === 'allowed',
    httpAllowCidrs: reader.read(ofExecutor.HTTP_ALLOW_CIDRS) ?? [],
    httpDenyCidrs: reader.read(ofExecutor.HTTP_DENY_CIDRS) ?? [],
    deduplicationWindowMs: reader.read(ofExecutor.DEDUPLICATION_WINDOW),
    journalRetentionMs: reader.read(ofExecutor.JOURNAL_RETENTION),
    smtp: reader.read(ofExecutor.SMTP_URL),
    keyStuckAfterMs: reader.read(ofExecutor.KEY_STUCK_AFTER),
  };
  refuseContradictions(reader, settings);
  reader.finish();
  return settings;
}

/** Settings that are valid alone, but of which one would silently disable another. */
function refuseContradictions(reader: EnvironmentReader, settings: ExecutorSettings): void {
  if (settings.journalRetentionMs < settings.deduplicationWindowMs) {
    reader.refuse('JOURNAL_RETENTION must not be shorter than DEDUPLICATION_WINDOW: the journal detects duplicates');
  }
  for (const allowed of settings.httpAllowCidrs) {
    const denied = settings.httpDenyCidrs.find((range) => allowed !== publicAddresses && liesIn(allowed, range));
    if (denied === undefined) continue;
    reader.refuse(`HTTP_ALLOW_CIDRS must not have ${allowed}: HTTP_DENY_CIDRS denies all of it with ${denied}`);
  }
}

/** The settings of the rotation of secrets. */
export type RotationSettings = Pick<CommonSettings, 'databaseUrl' | 'secretKeys'>;

/** @throws {SettingsError} Naming every setting that does not fit. */
export function readRotationSettings(environment: NodeJS.ProcessEnv = process.env): RotationSettings {
  const reader = new EnvironmentReader(environment);
  const settings = {
    databaseUrl: reader.require(common.DATABASE_URL),
    secretKeys: reader.require({ ...common.SECRETS_KEY, example: 'new-key,old-key' }),
  };
  reader.finish();
  return settings;
}
