import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findFreePort, isFree } from './ports.ts';

const portNames = ['postgres', 'amqp', 'management', 'distribution', 'epmd'] as const;

/**
 * Where the private servers of one data folder listen and how to log in. Chosen once, so that URLs survive a restart.
 */
export interface Endpoints {
  ports: Record<(typeof portNames)[number], number>;
  postgresPassword: string;
  rabbitmqPassword: string;
}

/**
 * Reads `servers.json` of a data folder, or creates it. If another program uses a port by now, it chooses a new one and
 * says so.
 */
export async function loadEndpoints(dataDir: string, log: (line: string) => void): Promise<Endpoints> {
  const file = join(dataDir, 'servers.json');
  const saved = await readSaved(file);
  const ports = { ...saved?.ports } as Endpoints['ports'];
  for (const name of portNames) {
    const before = ports[name] as number | undefined;
    if (before !== undefined && (await isFree(before))) continue;
    do ports[name] = await findFreePort();
    while (portNames.some((other) => other !== name && ports[other] === ports[name]));
    if (before !== undefined) log(`port ${before} is taken; ${name} now listens on ${ports[name]}`);
  }
  const endpoints = {
    ports,
    postgresPassword: saved?.postgresPassword ?? randomPassword(),
    rabbitmqPassword: saved?.rabbitmqPassword ?? randomPassword(),
  };
  await writeFile(file, JSON.stringify(endpoints, null, 2), { mode: 0o600 });
  return endpoints;
}

async function readSaved(file: string): Promise<Endpoints | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Endpoints;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Letters and digits only: it stands in URLs and configuration files. */
function randomPassword(): string {
  return randomBytes(18).toString('hex');
}
