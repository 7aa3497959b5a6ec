import { existsSync, readFileSync } from 'node:fs';
import { copyFile, mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execa } from 'execa';
import { parse } from 'yaml';
import { unknownSettings, type Service } from './settings-check.ts';

const docker = fileURLToPath(new URL('../../docker/', import.meta.url));

interface ComposeService {
  image?: string;
  environment?: Record<string, string>;
  volumes?: string[];
  secrets?: string[];
  networks?: string[] | Record<string, { ipv4_address?: string }>;
  healthcheck?: { test?: string[]; disable?: boolean };
  depends_on?: Record<string, { condition: string }>;
  stop_grace_period?: string;
  restart?: string;
  read_only?: boolean;
  cap_drop?: string[];
  security_opt?: string[];
  ports?: string[];
  cap_add?: string[];
  tmpfs?: string[];
  deploy?: { replicas?: number; resources?: { limits?: { cpus: string; memory: string; pids?: number } } };
}
interface Compose {
  services: Record<string, ComposeService>;
  secrets?: Record<string, { file?: string; environment?: string }>;
  configs?: Record<string, { file: string }>;
  networks?: Record<string, { ipam?: { config: { subnet: string }[] } }>;
}

function load(file: string): Compose {
  // What Compose itself does with these tags (replace in place of merge) plays no part here.
  const tag = (name: string, collection?: 'seq') => ({ tag: name, ...(collection && { collection }) });
  const customTags = [tag('!override', 'seq'), tag('!reset', 'seq')] as never;
  return parse(readFileSync(docker + file, 'utf8'), { merge: true, customTags, logLevel: 'error' }) as Compose;
}

const base = load('compose.yml');
const production = load('compose.production.yml');
const ours: Service[] = ['registry', 'executor'];

describe('the files for Docker Compose', () => {
  let folder: string;
  let env: Record<string, string>;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'provisor-compose-'));
    await copyFile(`${docker}make-env.sh`, join(folder, 'make-env.sh'));
    await execa('sh', [join(folder, 'make-env.sh')]);
    const lines = (await readFile(join(folder, '.env'), 'utf8')).trim().split('\n');
    env = Object.fromEntries(lines.map((line) => /^([A-Z_]+)=(.+)$/.exec(line)!.slice(1) as [string, string]));
  });

  afterAll(() => rm(folder, { recursive: true }));

  /** As Compose fills in variables: `${NAME}`, `${NAME:-default}`, `${NAME:?message}`. */
  function fillIn(text: string): string {
    return text.replaceAll(/\$\{([A-Z_]+)(?::([-?])([^}]*))?\}/g, (_, name: string, kind?: string, rest = '') => {
      const value = env[name] ?? (kind === '-' ? (rest as string) : undefined);
      if (value === undefined && name in asked) return asked[name as keyof typeof asked];
      if (value === undefined) throw new Error(`${name} is not made by make-env.sh`);
      return value;
    });
  }

  /** What production asks for, beyond what make-env.sh makes. */
  const asked = { HTTP_ALLOW_CIDRS: 'public,10.20.30.7', PROVISOR_HOST: 'provisor.example.org' };

  const environmentOf = (service: string, ...files: Compose[]) =>
    Object.fromEntries(
      files
        .flatMap(({ services }) => Object.entries(services[service]?.environment ?? {}))
        .map(([name, value]) => [name, fillIn(value)]),
    );

  it.each(ours)('give the %s settings that it reads and accepts', (service) => {
    expect(unknownSettings(service, environmentOf(service, base))).toEqual([]);
    expect(unknownSettings(service, environmentOf(service, base, production))).toEqual([]);
  });

  it('have a password for everybody, which nobody else can read', async () => {
    for (const service of Object.keys(base.services)) environmentOf(service, base);
    const passwords = Object.values(env);
    for (const { file = '' } of Object.values(production.secrets ?? {})) {
      const [, name] = /^\.\/secrets\/(\w+)$/.exec(file) ?? [];
      if (name) expect(await readFile(join(folder, file), 'utf8')).toBe(`${env[name]}\n`);
    }
    expect((await stat(join(folder, 'secrets'))).mode & 0o777).toBe(0o700);
    expect(new Set(passwords).size).toBe(passwords.length);
    expect((await stat(join(folder, '.env'))).mode & 0o777).toBe(0o600);
  });

  it('keep the passwords that there are', async () => {
    const before = await readFile(join(folder, '.env'), 'utf8');
    await expect(execa('sh', [join(folder, 'make-env.sh')])).rejects.toThrow(/stays as it is/);
    expect(await readFile(join(folder, '.env'), 'utf8')).toBe(before);
  });

  it('wait for what is needed, and have two executors', () => {
    for (const service of ours) {
      expect(base.services[service]?.depends_on).toMatchObject({
        postgres: { condition: 'service_healthy' },
        'broker-setup': { condition: 'service_completed_successfully' },
      });
    }
    for (const server of ['postgres', 'rabbitmq']) expect(base.services[server]?.healthcheck?.test).toBeDefined();
    expect(base.services['executor']?.deploy?.replicas).toBe(2);
  });

  it('open ports on this machine only, where there is no TLS', () => {
    const ports = Object.values(base.services).flatMap(({ ports = [] }) => ports);
    expect(ports.filter((port) => !port.startsWith('127.0.0.1:'))).toEqual([]);
  });

  it('let a service stop in its own time', () => {
    const shutdownTimeoutSeconds = 30;
    for (const service of ours) {
      expect(parseInt(base.services[service]?.stop_grace_period ?? '')).toBeGreaterThanOrEqual(
        shutdownTimeoutSeconds + 20,
      );
    }
  });

  it('give each service in production no more than it needs', () => {
    for (const service of ['registry', 'caddy', 'broker-setup', 'executor']) {
      expect(production.services[service]).toMatchObject({
        read_only: true,
        cap_drop: ['ALL'],
        // The executor takes capabilities from a file of the image, and then forbids itself to gain any more.
        security_opt: service === 'executor' ? [] : ['no-new-privileges:true'],
      });
    }
    const added = Object.entries(production.services).flatMap(([name, { cap_add: list }]) =>
      list ? [[name, list]] : [],
    );
    expect(added).toEqual([
      ['executor', ['SETUID', 'SETGID', 'KILL']],
      ['caddy', ['NET_BIND_SERVICE']],
    ]);
    for (const service of ['registry', 'executor', 'caddy']) {
      expect(production.services[service]?.deploy?.resources?.limits?.pids).toBeGreaterThan(0);
    }
    const lasting = Object.entries(production.services).filter(([name]) => name !== 'broker-setup');
    for (const [, service] of lasting) {
      expect(service.restart).toBe('unless-stopped');
      expect(service.deploy?.resources?.limits).toMatchObject({ cpus: expect.any(String), memory: expect.any(String) });
    }
  });

  it('let handlers call nothing private in production that is not asked for, and never the servers', () => {
    const allowed = (given: object, ...files: Compose[]) => {
      const settings = environmentOf('executor', ...files);
      return { allow: settings['HTTP_ALLOW_CIDRS'], deny: settings['HTTP_DENY_CIDRS'], ...given };
    };
    expect(allowed({}, base)).toEqual({ allow: 'public', deny: '' });
    expect(production.services['executor']?.environment?.['HTTP_ALLOW_CIDRS']).toMatch(/^\$\{HTTP_ALLOW_CIDRS:\?/);
    const subnet = production.networks?.['servers']?.ipam?.config[0]?.subnet;
    expect(allowed({}, base, production)).toEqual({ allow: asked.HTTP_ALLOW_CIDRS, deny: `${subnet!},` });
  });

  it('trust the one proxy that they run', () => {
    const { networks } = production.services['caddy']!;
    const address = Array.isArray(networks) ? undefined : networks?.['front']?.ipv4_address;
    expect(address).toBeDefined();
    expect(environmentOf('registry', base, production)['TRUSTED_PROXIES']).toBe(address);
  });

  it('give executors a disk in production, since what waits for memory must not be in memory', () => {
    const { volumes = [], tmpfs = [] } = production.services['executor']!;
    const [, spill = ''] = /TMPDIR=(\S+)/.exec(readFileSync(`${docker}Dockerfile`, 'utf8')) ?? [];
    expect(volumes).toContain(spill);
    expect(tmpfs.filter((path) => spill.startsWith(path.split(':')[0]!))).toEqual([]);
  });

  it('take the secrets of services whose root cannot be written from files, as Compose wants it', () => {
    for (const service of Object.values(production.services).filter(({ read_only: readOnly }) => readOnly)) {
      for (const secret of service.secrets ?? [])
        expect(production.secrets?.[secret]).toEqual({ file: expect.any(String) });
    }
  });

  it('encrypt every connection in production', () => {
    for (const service of ours) {
      const {
        DATABASE_URL = '',
        MIGRATION_DATABASE_URL = DATABASE_URL,
        AMQP_URL = '',
      } = environmentOf(service, base, production);
      for (const url of [DATABASE_URL, MIGRATION_DATABASE_URL]) expect(url).toMatch(/[?&]sslmode=verify-full(&|$)/);
      expect(AMQP_URL).toMatch(/^amqps:/);
    }
  });

  it('name nothing that is not there', () => {
    const { services, secrets = {}, configs = {}, networks = {} } = production;
    for (const { file } of Object.values(configs)) expect(existsSync(docker + file)).toBe(true);
    for (const { environment } of Object.values(secrets)) if (environment) expect(env).toHaveProperty(environment);
    for (const service of Object.values(services)) {
      for (const secret of service.secrets ?? []) expect(secrets).toHaveProperty([secret]);
      const joined = service.networks ?? [];
      for (const network of Array.isArray(joined) ? joined : Object.keys(joined))
        expect(networks).toHaveProperty([network]);
    }
    const mounted = [base, production]
      .flatMap(({ services }) => Object.values(services).flatMap(({ volumes = [] }) => volumes))
      .map((volume) => volume.split(':')[0] ?? '')
      .filter((source) => source.startsWith('./'));
    for (const source of mounted)
      expect({ source, there: existsSync(docker + source) }).toEqual({ source, there: true });
  });
});
