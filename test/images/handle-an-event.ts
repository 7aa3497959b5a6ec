import { randomBytes } from 'node:crypto';
import { cp, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import type { Supervisor, KeptProcess } from '../../tools/supervisor/supervisor.ts';
import { startServersUnder } from '../../tools/servers/index.ts';
import { findFreePort } from '../../tools/servers/ports.ts';
import { startService } from '../../tools/stack/service.ts';
import { Billing } from '../support/billing.ts';
import { eventually } from '../support/eventually.ts';
import { RecordingTarget } from '../support/recording-target.ts';
import { ImageError } from './buildah.ts';
import type { Image } from './check-image.ts';
import { environmentOf, inImage } from './container.ts';

interface Parts {
  supervisor: Supervisor;
  clone: string;
  registry: Image;
  executor: Image;
  log: (line: string) => void;
}

interface Details {
  status: string;
  executions: {
    handlerName: string;
    status: string;
    attempts: { response: { script?: { stdout: string } } }[];
  }[];
}

/** Says who it is, and all that it could do to the executor or to what that puts aside. */
const whoAmI = `#!/bin/sh
id -un
grep CapPrm /proc/self/status | cut -f 2
for process in /proc/[0-9]*; do
  grep -q '^Uid:.10001' "$process/status" 2> /dev/null || continue
  cat "$process/environ" > /dev/null 2>&1 && echo "read the environment of $process"
  kill -0 "\${process#/proc/}" 2> /dev/null && echo "could signal $process"
done
ls /var/lib/provisor/spill > /dev/null 2>&1 && echo 'saw what the executor puts aside'
/usr/local/libexec/provisor/setpriv --version > /dev/null 2>&1 && echo 'ran the program that has capabilities'
exit 0
`;

/**
 * Runs both images against real servers, has a Python script and an HTTP call handle an event, and stops them in order.
 */
export async function handleAnEvent({ supervisor, clone, registry, executor, log }: Parts): Promise<void> {
  const servers = await startServersUnder(supervisor, { log, env: {} });
  const scripts = join(supervisor.dataDir, 'scripts');
  await mkdir(scripts);
  await cp(join(clone, 'examples/handlers'), scripts, { recursive: true });
  await writeFile(join(scripts, 'who_am_i.sh'), whoAmI, { mode: 0o755 });
  const apiKey = randomBytes(16).toString('hex');
  const logins = servers.serviceDatabaseUrls;
  const common = { AMQP_URL: servers.amqpUrl, LOG_LEVEL: 'warn', HOST: '127.0.0.1' };

  const start = async (name: string, image: Image, portName: string, settings: NodeJS.ProcessEnv) => {
    const port = String(await findFreePort());
    const url = `http://127.0.0.1:${port}`;
    const env = environmentOf(image.config, { ...common, [portName]: port, ...settings });
    const capabilities = name === 'executor' ? ['setuid', 'setgid', 'kill'] : [];
    const command = (...args: string[]) => inImage(image.root, image.config, scripts, args, capabilities);
    const service = await startService({
      supervisor,
      name,
      root: clone,
      main: '',
      command: command(...image.config.Entrypoint, ...image.config.Cmd),
      url,
      env,
      logDir: supervisor.dataDir,
      onDeath: () => undefined,
    });
    await inside(env, command('node', 'healthcheck.mjs', port));
    await expectReadOnly(env, command('touch', '/app/mine'));
    log(`${name}: is ready, and its health check says so`);
    return { url, service };
  };

  const { url, service: registryService } = await start('registry', registry, 'REGISTRY_PORT', {
    DATABASE_URL: logins?.registry ?? servers.databaseUrl,
    MIGRATION_DATABASE_URL: servers.databaseUrl,
    BOOTSTRAP_API_KEY: apiKey,
  });
  const { service: executorService } = await start('executor', executor, 'EXECUTOR_PORT', {
    DATABASE_URL: logins?.executor ?? servers.databaseUrl,
  });
  const console = await fetch(`${url}/`);
  if (!(await console.text()).includes('<script')) throw new ImageError('the console is not in the image');

  const call = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const headers = { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' };
    const init = { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) };
    const response = await fetch(`${url}/api/v1${path}`, init);
    if (!response.ok) throw new ImageError(`${method} ${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as T;
  };
  const target = await RecordingTarget.listen();
  const billing = await Billing.connect(servers.amqpUrl);
  try {
    const event = 'clients.accounts.create';
    for (const path of ['create_account.py', 'notify.sh', 'who_am_i.sh']) {
      await call('POST', '/handlers', { name: path, event, task: { type: 'script', path } });
    }
    await call('POST', '/handlers', { name: 'http', event, task: { type: 'http', url: target.url() } });
    const id = await billing.publish({ type: event, data: { id: 12, client_id: 7, login: 'anna' } });
    const { executions } = await eventually(async () => {
      const details = await call<Details>('GET', `/events/${id}`).catch(() => undefined);
      return details?.status === 'succeeded' || details?.status === 'failed' ? details : undefined;
    });
    for (const { handlerName, status } of executions) log(`${handlerName}: ${status}`);
    if (executions.length !== 4 || executions.some(({ status }) => status !== 'succeeded')) {
      throw new ImageError(`the event was not handled as it should be: ${JSON.stringify(executions)}`);
    }
    const said = executions.find(({ handlerName }) => handlerName === 'who_am_i.sh')?.attempts[0]?.response.script
      ?.stdout;
    if (said !== 'provisor-script\n0000000000000000\n')
      throw new ImageError(`a script could do too much: ${said ?? ''}`);
    log('scripts run as provisor-script, without a capability, and out of reach of the executor');
  } finally {
    await billing.close();
    await target.close();
  }
  await stopInOrder('executor', executorService);
  await stopInOrder('registry', registryService);
}

async function inside(env: NodeJS.ProcessEnv, [program, ...args]: [string, ...string[]]): Promise<void> {
  const environment = { ...env, PATH: process.env['PATH'] };
  const ended = await execa(program, args, { env: environment, extendEnv: false, reject: false });
  if (ended.failed)
    throw new ImageError(`${args.slice(-3).join(' ')}: ${ended.stderr || ended.shortMessage}`, { cause: ended });
}

async function expectReadOnly(env: NodeJS.ProcessEnv, command: [string, ...string[]]): Promise<void> {
  const written = await inside(env, command).then(
    () => true,
    () => false,
  );
  if (written) throw new ImageError('files of the image can be written');
}

async function stopInOrder(name: string, service: KeptProcess): Promise<void> {
  await service.stop();
  const { code, signal } = await service.exited;
  if (code !== 0) throw new ImageError(`${name} ended with ${signal ?? String(code)} when it was asked to stop`);
}
