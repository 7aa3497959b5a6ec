// The files for production, each loaded by the program that it is for.
import { existsSync } from 'node:fs';
import { cp, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execa } from 'execa';
import { parse } from 'yaml';
import { findProgram } from '../../tools/servers/rabbitmq/program.ts';
import { onlyWhere } from '../../tools/test/only-where.ts';
import { makeCertificates } from './made-certificates.ts';
import { unknownSettings } from './settings-check.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const docker = join(root, 'docker/');
const units = join(root, 'systemd/');

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'provisor-programs-'));
});

afterAll(() => rm(folder, { recursive: true }));

/** What a program says of a file, and whether it takes it. */
async function told(program: string, args: readonly string[], env: Record<string, string> = {}): Promise<string> {
  const { all, exitCode } = await execa(program, args, { env, reject: false, all: true, cwd: folder });
  return exitCode === 0 ? `taken: ${all}` : `refused: ${all}`;
}

/** Docker Compose with support for `!override`: as a plugin of Docker, or standalone as in Debian 13. */
async function findCompose(): Promise<string[] | undefined> {
  const candidates = [['docker', 'compose'], ['docker-compose']];
  for (const [program = '', ...args] of candidates) {
    const { stdout } = await execa(program, [...args, 'version', '--short'], { reject: false });
    const [major = 0, minor = 0] = (/(\d+)\.(\d+)/.exec(stdout) ?? []).slice(1).map(Number);
    if (major > 2 || (major === 2 && minor >= 24)) return [program, ...args];
  }
  return undefined;
}
const compose = await findCompose();

onlyWhere(
  describe,
  compose !== undefined,
  'Docker Compose 2.24 or later',
)('Docker Compose', () => {
  let project: string;

  beforeAll(async () => {
    project = join(folder, 'compose');
    await cp(docker, join(project, 'docker'), { recursive: true, filter: (path) => !/\.env$|secrets$/.test(path) });
    await execa('sh', [join(project, 'docker/make-env.sh')]);
  });

  const config = (env: Record<string, string>, ...files: string[]) => {
    const [program = '', ...args] = [...compose!, ...files.flatMap((file) => ['-f', join(project, 'docker', file)])];
    return told(program, [...args, 'config', '--format', 'json'], env);
  };

  it('takes the file for one machine, as make-env.sh leaves it', async () => {
    expect(await config({}, 'compose.yml')).toMatch(/^taken/);
  });

  it('takes the files for production, and asks for what handlers may call', async () => {
    const PROVISOR_HOST = 'provisor.example.org';
    const files = ['compose.yml', 'compose.production.yml'];
    expect(await config({ PROVISOR_HOST }, ...files)).toMatch(/^refused: .*HTTP_ALLOW_CIDRS/s);
    const answer = await config({ PROVISOR_HOST, HTTP_ALLOW_CIDRS: 'public,10.20.30.7' }, ...files);
    expect(answer).toMatch(/^taken/);
    const { services } = JSON.parse(answer.replace('taken: ', '')) as {
      services: Record<
        string,
        { ports?: { host_ip?: string; published: string }[]; environment: Record<string, string> }
      >;
    };
    const open = Object.values(services).flatMap(({ ports = [] }) => ports.filter(({ host_ip }) => !host_ip));
    expect(open.map(({ published }) => published).sort()).toEqual(['443', '5671', '80']);
    expect(unknownSettings('executor', services['executor']!.environment)).toEqual([]);
    expect(unknownSettings('registry', services['registry']!.environment)).toEqual([]);
  });
});

const caddy = await findProgram('caddy');
onlyWhere(
  it,
  caddy !== undefined,
  'caddy',
)('Caddy takes its file', async () => {
  const args = ['validate', '--adapter', 'caddyfile', '--config', join(docker, 'caddy/Caddyfile')];
  const env = { PROVISOR_HOST: 'provisor.example.org', HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder };
  expect(await told(caddy!, args, env)).toMatch(/^taken: .*Valid configuration/s);
});

const promtool = await findProgram('promtool');
onlyWhere(
  it,
  promtool !== undefined,
  'promtool of Prometheus',
)('Prometheus takes its configuration and rules', async () => {
  const monitoring = join(folder, 'monitoring');
  await cp(join(docker, 'monitoring'), monitoring, { recursive: true });
  const text = await readFile(join(monitoring, 'prometheus.yml'), 'utf8');
  await writeFile(join(monitoring, 'key'), 'a key for scrapers');
  await writeFile(
    join(monitoring, 'prometheus.yml'),
    text.replaceAll('/run/secrets/metrics-key', join(monitoring, 'key')),
  );
  expect(await told(promtool!, ['check', 'config', join(monitoring, 'prometheus.yml')])).toMatch(/^taken: .*SUCCESS/s);
});

const setpriv = await findProgram('setpriv');
onlyWhere(
  describe,
  setpriv !== undefined && process.getuid?.() === 0,
  'root, and setpriv of util-linux',
)('the entry point of the executor, in a container that begins as root', () => {
  const three = '-all,+setuid,+setgid,+kill';
  const show = ['cat', '/proc/self/status'];

  async function start(bounding: string, SCRIPT_USER: string): Promise<Record<string, string>> {
    const args = [`--bounding-set=${bounding}`, '--no-new-privs', 'sh', join(docker, 'with-script-user.sh'), ...show];
    const { stdout } = await execa(setpriv!, args, { env: { SCRIPT_USER } });
    return Object.fromEntries(stdout.split('\n').map((line) => line.split(/:\s*/) as [string, string]));
  }

  it('becomes the user of the executor, with the three capabilities and no way to others', async () => {
    const status = await start(three, 'provisor-script');
    const bits = (1 << 5) | (1 << 6) | (1 << 7); // CAP_KILL, CAP_SETGID, CAP_SETUID
    expect(status).toMatchObject({ Uid: expect.stringMatching(/^(10001\s*){4}$/), NoNewPrivs: '1' });
    for (const set of ['CapPrm', 'CapEff', 'CapBnd', 'CapAmb']) expect(parseInt(status[set]!, 16)).toBe(bits);
  });

  it('leaves it to the executor to say what is missing, where there are no capabilities', async () => {
    expect(await start('-all', 'provisor-script')).toMatchObject({ Uid: expect.stringMatching(/^0/) });
  });
});

const openssl = await findProgram('openssl');
onlyWhere(
  it,
  openssl !== undefined,
  'openssl',
)('the guide makes certificates for the names of the servers', async () => {
  const tls = await makeCertificates(folder);
  const named = [
    ['postgres', 'postgres'],
    ['rabbitmq', 'rabbitmq'],
    ['rabbitmq', 'rabbitmq.example.org'],
  ] as const;
  for (const [name, host] of named) {
    const args = ['verify', '-CAfile', join(tls, 'ca.crt'), '-verify_hostname', host, join(tls, `${name}.crt`)];
    expect(await told(openssl!, args)).toMatch(/^taken/);
  }
});

const systemd = await findProgram('systemd-analyze');
const { stdout: systemdVersion } = systemd ? await execa(systemd, ['--version']) : { stdout: '' };
const judgesFiles = Number(/^systemd (\d+)/.exec(systemdVersion)?.[1] ?? 0) >= 250;
onlyWhere(
  describe,
  systemd !== undefined,
  'systemd-analyze',
)('systemd', () => {
  const services = ['provisor-registry.service', 'provisor-executor@3001.service'];

  /** The units as they are installed, with the Node of this clone in the place of that of /opt/provisor. */
  beforeAll(async () => {
    // A command ends at a space, which the path of a clone may have.
    const node = join(folder, 'node');
    await symlink(process.execPath, node);
    for (const file of await readdir(units)) {
      if (!file.endsWith('.service')) continue;
      const text = await readFile(join(units, file), 'utf8');
      const here = text.replaceAll('/opt/provisor/node_modules/node/bin/node', node);
      expect(here).not.toBe(text);
      await writeFile(join(folder, file.replace('@', '@3001')), here);
    }
  });

  it.each(services)('finds nothing wrong with %s', async (service) => {
    const said = await told(systemd!, ['verify', '--man=no', join(folder, service)]);
    // It reads other units of the machine as well, and says what it finds there.
    expect(said.replaceAll(/(\/usr)?\/lib\/systemd\/\S+: .*\n?/g, '')).toBe('taken: ');
  });

  onlyWhere(it, judgesFiles, 'systemd 250 or later, which judges units that are not installed').each([
    ['provisor-registry.service', 15],
    ['provisor-executor@3001.service', 25],
  ])('calls the exposure of %s OK', async (service, threshold) => {
    const args = ['security', '--offline=true', `--threshold=${threshold}`, join(folder, service)];
    expect(await told(systemd!, args)).toMatch(/^taken: .* OK/s);
  });
});

describe('the units', () => {
  const read = (file: string) => readFile(join(units, file), 'utf8');
  const files = { registry: 'provisor-registry.service', executor: 'provisor-executor@.service' } as const;
  const values = (text: string, name: string) =>
    [...text.matchAll(new RegExp(`^${name}=(.*)$`, 'gm'))].map(([, value = '']) => value);

  it.each(['registry', 'executor'] as const)('give the %s settings that it reads and accepts', async (service) => {
    const unit = (await read(files[service])).replaceAll('%i', '3001');
    const ownLines = values(unit, 'Environment').flatMap((line) => line.split(' '));
    // The administrator fills in the empty values.
    const example = (await read(`${service}.env.example`))
      .replaceAll(/^# (HTTP_ALLOW_CIDRS=)/gm, '$1')
      .replace(/^SECRETS_KEY=$/m, `SECRETS_KEY=${Buffer.alloc(32, 1).toString('base64')}`)
      .replaceAll(/^(\w+_KEY)=$/gm, '$1=long enough to be one')
      .split('\n')
      .filter((line) => /^[A-Z]/.test(line));
    const environment = Object.fromEntries(
      [...ownLines, ...example].map((line) => /^([A-Z_]+)=(.*)$/.exec(line)!.slice(1) as [string, string]),
    );
    expect(unknownSettings(service, environment)).toEqual([]);
  });

  it.each(['registry', 'executor'] as const)(
    'give the %s 20 seconds beyond SHUTDOWN_TIMEOUT_MS to stop',
    async (service) => {
      const unit = await read(files[service]);
      expect(Number(values(unit, 'TimeoutStopSec'))).toBeGreaterThanOrEqual(30 + 20);
      // SIGTERM to scripts would end what the executor waits for.
      expect(values(unit, 'KillMode')).toEqual(['mixed']);
      expect(values(unit, 'RestartPreventExitStatus')).toEqual(['78']);
    },
  );

  it('have executors run scripts as another user, who is made with theirs', async () => {
    const unit = await read(files.executor);
    const users = await read('sysusers.conf');
    const [, scripts = ''] = /SCRIPT_USER=(\S+)/.exec(unit) ?? [];
    for (const user of [...values(unit, 'User'), scripts]) expect(users).toMatch(new RegExp(`^u ${user} `, 'm'));
    expect(values(unit, 'User')).not.toEqual([scripts]);
    const three = ['CAP_SETUID', 'CAP_SETGID', 'CAP_KILL'];
    for (const set of ['AmbientCapabilities', 'CapabilityBoundingSet']) {
      expect(values(unit, set)).toEqual([three.join(' ')]);
    }
  });

  it('run a Node that npm ci --omit=dev installs', async () => {
    const { optionalDependencies } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as {
      optionalDependencies: Record<string, string>;
    };
    expect(optionalDependencies['node']).toMatch(/^\^24\./);
    for (const file of Object.values(files)) {
      const [start = ''] = values(await read(file), 'ExecStart');
      const [node = '', , main = ''] = start.split(' ');
      expect(node).toBe('/opt/provisor/node_modules/node/bin/node');
      const source = main.replace(/^dist\//, '').replace(/\.js$/, '.ts');
      expect([basename(main), existsSync(join(root, source))]).toEqual(['main.js', true]);
    }
  });
});

const mebibytes = (text: string) => parseInt(text) * (/g/i.test(text) ? 1024 : 1);

it('the heap of Node fits the memory of each container, with half of it left for what is beside the heap', async () => {
  const limits: [heap: string, memory: string][] = [];
  const { services } = parse(await readFile(join(docker, 'compose.production.yml'), 'utf8'), {
    merge: true,
    logLevel: 'error',
  }) as {
    services: Record<
      string,
      { environment: Record<string, string>; deploy: { resources: { limits: { memory: string } } } }
    >;
  };
  for (const name of ['registry', 'executor']) {
    const { environment, deploy } = services[name]!;
    limits.push([environment['NODE_OPTIONS'] ?? '', deploy.resources.limits.memory]);
    const manifest = await readFile(join(docker, `kubernetes/base/${name}.yaml`), 'utf8');
    const [, heap = '', memory = ''] = /NODE_OPTIONS\n +value: (\S+)[^]*limits: \{ memory: (\w+)/.exec(manifest) ?? [];
    limits.push([heap, memory]);
    const unit = await readFile(join(units, `provisor-${name}${name === 'executor' ? '@' : ''}.service`), 'utf8');
    limits.push([/NODE_OPTIONS=(\S+)/.exec(unit)?.[1] ?? '', /MemoryMax=(\S+)/.exec(unit)?.[1] ?? '']);
  }
  expect(limits).toHaveLength(6);
  for (const [heap, memory] of limits) {
    const [, heapMib = ''] = /^--max-old-space-size=(\d+)$/.exec(heap) ?? [];
    expect([heap, Number(heapMib)]).toEqual([heap, mebibytes(memory) / 2]);
  }
});
