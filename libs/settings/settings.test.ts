import path from 'node:path';
import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { defaultRedactedFields } from '#redaction';
import { SettingsError } from './environment.ts';
import { readExecutorSettings, readRegistrySettings } from './settings.ts';

const servers = { DATABASE_URL: 'postgres://host/provisor', AMQP_URL: 'amqp://host' };
const broker = {
  urls: [servers.AMQP_URL],
  passwordFile: undefined,
  caFile: undefined,
  certFile: undefined,
  keyFile: undefined,
};
const common = {
  databaseUrl: servers.DATABASE_URL,
  broker,
  host: '127.0.0.1',
  logLevel: 'info',
  shutdownTimeoutMs: 30_000,
  secretKeys: [],
  redactedFields: defaultRedactedFields,
  searchFields: [],
  eventTypes: [],
  tracing: undefined,
  metricsKey: undefined,
  publicUrl: undefined,
  noticeIntervalMs: 10 * 60_000,
  cloudEventsSource: '/billing',
};
/** One key in each way that it can be written. */
const bytes = Buffer.alloc(32, 0xab);
const keys = {
  bytes,
  hex: bytes.toString('hex'),
  base64: bytes.toString('base64'),
  base64url: bytes.toString('base64url'),
};

function refusal(read: () => unknown): SettingsError {
  try {
    read();
  } catch (error) {
    if (error instanceof SettingsError) return error;
    throw error;
  }
  throw new Error('the settings were accepted');
}

describe('where nothing is said', () => {
  it('the registry runs with the documented defaults', () => {
    expect(readRegistrySettings(servers)).toEqual({
      ...common,
      migrationDatabaseUrl: servers.DATABASE_URL,
      port: 3000,
      bootstrapApiKey: undefined,
      defaultTimeoutMs: 10_000,
      trustedProxies: [],
      oidc: undefined,
    });
  });

  it('the executor runs with the documented defaults', () => {
    expect(readExecutorSettings(servers)).toEqual({
      ...common,
      port: 3001,
      partitions: 16,
      prefetchBytes: 64 * 1024 * 1024,
      scriptsDirs: [path.resolve('scripts')],
      scriptEnvironment: {
        PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
        LANG: 'C.UTF-8',
        TZ: 'UTC',
        HOME: '/',
      },
      scriptUser: undefined,
      scriptLimits: {
        cpuSeconds: undefined,
        memory: undefined,
        openFiles: 1_024,
        processes: undefined,
        fileSize: 1_024 * 1_024 * 1_024,
      },
      scriptNewPrivileges: false,
      httpAllowCidrs: [],
      httpDenyCidrs: [],
      deduplicationWindowMs: 24 * 3_600_000,
      journalRetentionMs: 90 * 24 * 3_600_000,
      smtp: undefined,
      keyStuckAfterMs: 15 * 60_000,
    });
  });

  it('is also where a setting is empty or blank', () => {
    const blank = { ...servers, HOST: '', LOG_LEVEL: '  ', REGISTRY_PORT: '\t', BOOTSTRAP_API_KEY: '' };
    expect(readRegistrySettings(blank)).toEqual(readRegistrySettings(servers));
  });
});

describe('what is said', () => {
  it('is what the registry runs with', () => {
    const environment = {
      ...servers,
      MIGRATION_DATABASE_URL: 'postgres://owner@host/provisor',
      HOST: '0.0.0.0',
      REGISTRY_PORT: '8080',
      EXECUTOR_PORT: 'not read here',
      PARTITIONS: 'not read here',
      LOG_LEVEL: 'debug',
      SECRETS_KEY: `${keys.base64}, ${keys.hex},${keys.base64url}`,
      SHUTDOWN_TIMEOUT_MS: '1000',
      BOOTSTRAP_API_KEY: 'a key of mine',
      DEFAULT_TIMEOUT_MS: '5000',
      TRUSTED_PROXIES: '10.0.0.1, fd00::/8',
      REDACTED_FIELDS: 'password, *Token*,',
      SEARCH_FIELDS: 'phone, data.account.login,data.phone,',
      OIDC_ISSUER: 'https://id.example.org/realms/isp',
      OIDC_AUDIENCE: 'provisor',
    };
    const settings = readRegistrySettings(environment);
    expect(settings.secretKeys.map((key) => key.export())).toEqual([keys.bytes, keys.bytes, keys.bytes]);
    const shown = JSON.stringify(settings) + inspect(settings, { depth: null, showHidden: true });
    for (const text of [keys.hex, keys.base64, keys.base64url, '171,171']) expect(shown).not.toContain(text);
    expect(settings).toEqual({
      eventTypes: [],
      tracing: undefined,
      publicUrl: undefined,
      noticeIntervalMs: 600_000,
      secretKeys: settings.secretKeys,
      databaseUrl: servers.DATABASE_URL,
      migrationDatabaseUrl: 'postgres://owner@host/provisor',
      broker,
      host: '0.0.0.0',
      port: 8080,
      logLevel: 'debug',
      shutdownTimeoutMs: 1_000,
      redactedFields: ['password', '*Token*'],
      searchFields: [
        { name: 'phone', path: ['phone'] },
        { name: 'account.login', path: ['account', 'login'] },
      ],
      bootstrapApiKey: 'a key of mine',
      defaultTimeoutMs: 5_000,
      trustedProxies: ['10.0.0.1/32', 'fd00::/8'],
      metricsKey: undefined,
      cloudEventsSource: '/billing',
      oidc: {
        issuer: 'https://id.example.org/realms/isp',
        audience: 'provisor',
        rolesClaims: ['provisor_role', 'roles'],
      },
    });
    const ownClaim = readRegistrySettings({ ...environment, OIDC_ROLES_CLAIM: 'realm_access.roles' });
    expect(ownClaim.oidc?.rolesClaims).toEqual(['realm_access.roles']);
    expect(readRegistrySettings({ ...environment, REDACTED_FIELDS: 'none' }).redactedFields).toEqual([]);
    const without = { ...environment, OIDC_ISSUER: '', OIDC_AUDIENCE: '' };
    expect(readRegistrySettings(without).oidc).toBeUndefined();
  });

  it('is what the executor runs with', () => {
    const environment = {
      ...servers,
      EXECUTOR_PORT: '0',
      PARTITIONS: '4',
      REGISTRY_PORT: 'not read here',
      SCRIPTS_DIRS: '/srv/scripts: user/local/vcs :',
      SCRIPT_CPU_SECONDS: '60',
      SCRIPT_MEMORY_MB: '512',
      SCRIPT_OPEN_FILES: '256',
      SCRIPT_PROCESSES: '100',
      SCRIPT_FILE_SIZE_MB: '10',
      SCRIPT_NEW_PRIVILEGES: 'allowed',
      HTTP_ALLOW_CIDRS: '10.0.0.0/8, fd00::/8, public',
      HTTP_DENY_CIDRS: '10.1.2.3',
      DEDUPLICATION_WINDOW: '30m',
      JOURNAL_RETENTION: '7d',
      CLOUDEVENTS_SOURCE: 'https://billing.example.org/%C3%A9',
      METRICS_KEY: 'a key for scrapers',
      PATH: '/bin',
      LANG: 'de_DE.UTF-8',
      TZ: 'Europe/Berlin',
      HOME: '/home/provisor',
      AWS_SECRET_ACCESS_KEY: 'of no concern to a script',
    };
    expect(readExecutorSettings(environment)).toMatchObject({
      port: 0,
      partitions: 4,
      scriptsDirs: ['/srv/scripts', path.resolve('user/local/vcs')],
      scriptEnvironment: { PATH: '/bin', LANG: 'de_DE.UTF-8', TZ: 'Europe/Berlin', HOME: '/home/provisor' },
      scriptLimits: {
        cpuSeconds: 60,
        memory: 512 * 1024 * 1024,
        openFiles: 256,
        processes: 100,
        fileSize: 10 * 1024 * 1024,
      },
      scriptNewPrivileges: true,
      httpAllowCidrs: ['10.0.0.0/8', 'fd00::/8', 'public'],
      httpDenyCidrs: ['10.1.2.3/32'],
      deduplicationWindowMs: 1_800_000,
      journalRetentionMs: 604_800_000,
      cloudEventsSource: 'https://billing.example.org/%C3%A9',
      metricsKey: 'a key for scrapers',
    });
    expect(Object.keys(readExecutorSettings(environment).scriptEnvironment)).toEqual(['PATH', 'LANG', 'TZ', 'HOME']);
  });
});

describe('a setting that does not fit', () => {
  const ranges = 'a comma-separated list of address ranges like 10.0.0.0/8,fd00::/8';
  const bad: Record<string, [value: string, whatItShouldBe: string]> = {
    DATABASE_URL: ['mysql://host/db', 'a URL that starts with postgres:// or postgresql://'],
    AMQP_URL: ['host:5672', 'a URL that starts with amqp:// or amqps://'],
    EXECUTOR_PORT: ['65536', 'a whole number from 0 to 65535'],
    PARTITIONS: ['0', 'a whole number from 1 to 1024'],
    CLOUDEVENTS_SOURCE: ['my billing', 'a URI-reference like /billing or https://billing.example.org'],
    SECRETS_KEY: [
      `${keys.base64},${keys.hex.slice(1)}`,
      'one key or several, comma-separated, each 32 bytes as base64 or 64 hexadecimal digits',
    ],
    LOG_LEVEL: ['loud', 'one of fatal, error, warn, info, debug, trace, silent'],
    SHUTDOWN_TIMEOUT_MS: ['30s', 'a whole number from 1 to 3600000'],
    SCRIPT_USER: [
      'no-such-user-here',
      'a user of this machine, or numbers like 1001:1001; not root. ' +
        'To run scripts as another user the executor needs the capabilities SETUID, SETGID and KILL',
    ],
    SCRIPT_CPU_SECONDS: ['0', 'a whole number from 1 to 86400'],
    SCRIPT_MEMORY_MB: ['1G', 'a whole number from 16 to 1048576'],
    SCRIPT_OPEN_FILES: ['1', 'a whole number from 16 to 1048576'],
    SCRIPT_PROCESSES: ['none', 'a whole number from 1 to 1048576'],
    SCRIPT_FILE_SIZE_MB: ['-1', 'a whole number from 1 to 1048576'],
    SCRIPT_NEW_PRIVILEGES: ['yes', 'one of refused, allowed'],
    HTTP_ALLOW_CIDRS: ['10.0.0.0/33', `${ranges}; the word public stands for the Internet without private networks`],
    HTTP_DENY_CIDRS: ['everything', ranges],
    DEDUPLICATION_WINDOW: ['24', 'a duration like 500ms, 30s, 15m, 24h or 90d'],
    METRICS_KEY: ['too short', 'at least 16 characters long'],
    JOURNAL_RETENTION: ['forever', 'a duration like 500ms, 30s, 15m, 24h or 90d'],
    REDACTED_FIELDS: [
      'password,*',
      'a comma-separated list of field names like password,*token*, in which * stands for any characters, or none',
    ],
    SEARCH_FIELDS: ['phone,*', 'a comma-separated list of at most 8 fields of data like phone,data.account.login'],
  };

  it('is named with what it should be, and so are all others in the same error', () => {
    const environment = Object.fromEntries(Object.entries(bad).map(([name, [value]]) => [name, value]));
    const { faults, message, code } = refusal(() => readExecutorSettings(environment));
    const expected = Object.entries(bad).map(([name, [, whatItShouldBe]]) => `${name} must be ${whatItShouldBe}`);
    expect(faults.map((fault) => fault.replace(/; it is ".*"$/, '')).sort()).toEqual(expected.sort());
    for (const fault of faults) expect(message).toContain(fault);
    expect(code).toBe('bad_settings');
  });

  it('of the registry is named as well', () => {
    const environment = { ...servers, REGISTRY_PORT: 'x', BOOTSTRAP_API_KEY: 'short', DEFAULT_TIMEOUT_MS: '0' };
    expect(refusal(() => readRegistrySettings(environment)).faults).toEqual([
      'REGISTRY_PORT must be a whole number from 0 to 65535; it is "x"',
      'BOOTSTRAP_API_KEY must be at least 8 characters long',
      'DEFAULT_TIMEOUT_MS must be a whole number from 1 to 3600000; it is "0"',
    ]);
  });

  it('is one that the provider needs, or that would let its keys be forged on the way', () => {
    const environment = { ...servers, OIDC_ISSUER: 'https://id.example.org' };
    expect(refusal(() => readRegistrySettings(environment)).faults).toEqual([
      'OIDC_AUDIENCE must be set, for example to provisor',
    ]);
    const plain = { ...servers, OIDC_ISSUER: 'http://id.example.org', OIDC_AUDIENCE: 'provisor' };
    expect(refusal(() => readRegistrySettings(plain)).faults).toEqual([
      'OIDC_ISSUER must be a URL that starts with https://, or with http:// and an address of this host; ' +
        'it is "http://id.example.org"',
    ]);
  });

  it('is a database URL that names a file for TLS which is not there', () => {
    const tls = (file: string) => `postgres://host/provisor?sslmode=verify-full&sslrootcert=${file}`;
    expect(readExecutorSettings({ ...servers, DATABASE_URL: tls(import.meta.filename) }).databaseUrl).toContain(
      'sslrootcert',
    );
    expect(refusal(() => readExecutorSettings({ ...servers, DATABASE_URL: tls('/no/such/file') })).faults).toEqual([
      'DATABASE_URL must be a URL whose sslrootcert is the path of a file that can be read',
    ]);
  });

  it('is one that is missing, with an example', () => {
    expect(refusal(() => readExecutorSettings({})).faults).toEqual([
      'DATABASE_URL must be set, for example to postgres://user:password@host:5432/provisor',
      'AMQP_URL must be set, for example to amqp://user:password@host:5672',
    ]);
  });

  it('is not repeated when it may be a secret, perhaps under the wrong name', () => {
    const environment = {
      DATABASE_URL: 'mysql://provisor:hunter2@host/db',
      AMQP_URL: 'hunter2',
      DEFAULT_TIMEOUT_MS: 'amqp://provisor:hunter2@host',
      LOG_LEVEL: `hunter2${'x'.repeat(30)}`,
      BOOTSTRAP_API_KEY: 'hunter2',
    };
    const error = refusal(() => readRegistrySettings(environment));
    expect(error.faults).toHaveLength(5);
    expect(`${error.message}\n${String(error.stack)}\n${JSON.stringify(error)}`).not.toContain('hunter2');
  });
});

describe('settings that contradict each other', () => {
  const executor = (environment: Record<string, string>) =>
    refusal(() => readExecutorSettings({ ...servers, ...environment })).faults;

  it('are a journal that forgets before the end of the deduplication window', () => {
    const fault = 'JOURNAL_RETENTION must not be shorter than DEDUPLICATION_WINDOW: the journal detects duplicates';
    expect(executor({ JOURNAL_RETENTION: '23h' })).toEqual([fault]);
    expect(executor({ DEDUPLICATION_WINDOW: '91d' })).toEqual([fault]);
    const equal = { ...servers, JOURNAL_RETENTION: '1d', DEDUPLICATION_WINDOW: '24h' };
    expect(readExecutorSettings(equal)).toMatchObject({ journalRetentionMs: 86_400_000 });
  });

  it('are addresses that are allowed and all denied', () => {
    expect(executor({ HTTP_ALLOW_CIDRS: '10.1.0.0/16,fd00::7', HTTP_DENY_CIDRS: '10.0.0.0/8,fd00::/8' })).toEqual([
      'HTTP_ALLOW_CIDRS must not have 10.1.0.0/16: HTTP_DENY_CIDRS denies all of it with 10.0.0.0/8',
      'HTTP_ALLOW_CIDRS must not have fd00::7/128: HTTP_DENY_CIDRS denies all of it with fd00::/8',
    ]);
    const part = { ...servers, HTTP_ALLOW_CIDRS: '10.0.0.0/8,public', HTTP_DENY_CIDRS: '10.1.0.0/16,0.0.0.0/1,::/0' };
    expect(executor(part)).toEqual([
      'HTTP_ALLOW_CIDRS must not have 10.0.0.0/8: HTTP_DENY_CIDRS denies all of it with 0.0.0.0/1',
    ]);
    expect(readExecutorSettings({ ...part, HTTP_DENY_CIDRS: '10.1.0.0/16' }).httpAllowCidrs).toHaveLength(2);
  });

  it('are fields that are searched and redacted, also by what holds them', () => {
    const environment = {
      REDACTED_FIELDS: '*password*,card,data.pbx.key',
      SEARCH_FIELDS: 'phone,sip_password,card.number,pbx.key',
    };
    const faults = [
      'SEARCH_FIELDS must not have sip_password: REDACTED_FIELDS hides it with *password*',
      'SEARCH_FIELDS must not have card.number: REDACTED_FIELDS hides it with card',
      'SEARCH_FIELDS must not have pbx.key: REDACTED_FIELDS hides it with data.pbx.key',
    ];
    expect(executor(environment)).toEqual(faults);
    expect(refusal(() => readRegistrySettings({ ...servers, ...environment })).faults).toEqual(faults);
  });

  it('are more fields than may be indexed', () => {
    const fields = 'a,b,c,d,e,f,g,h';
    expect(readExecutorSettings({ ...servers, SEARCH_FIELDS: fields }).searchFields).toHaveLength(8);
    expect(executor({ SEARCH_FIELDS: `${fields},i` })).toEqual([expect.stringContaining('SEARCH_FIELDS must be')]);
  });

  it('are a list of allowed addresses that has none, since without the setting all are allowed', () => {
    expect(executor({ HTTP_ALLOW_CIDRS: ',' })).toEqual([expect.stringContaining('HTTP_ALLOW_CIDRS must be')]);
  });

  it.each(['OIDC_AUDIENCE', 'OIDC_ROLES_CLAIM'])('are %s without the provider that it is about', (name) => {
    const environment = { ...servers, [name]: 'provisor' };
    expect(refusal(() => readRegistrySettings(environment)).faults).toEqual([
      'OIDC_ISSUER must be set, for example to https://id.example.org/realms/main',
    ]);
  });
});
