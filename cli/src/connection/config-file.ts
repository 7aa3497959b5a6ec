import { randomBytes } from 'node:crypto';
import { chmod, mkdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, isAbsolute, join } from 'node:path';
import { parse, stringify } from 'yaml';
import { isJsonObject } from '#contracts';
import { UsageError, type PlacedFault } from '../cli-error.ts';

/** A registry that one works with, and the key for it. */
export interface Context {
  url: string;
  apiKey: string;
}

export interface Config {
  /** Name of the context that is used where none is named. */
  current?: string;
  contexts: Record<string, Context>;
}

/** Where the file is, by the XDG Base Directory Specification: a relative path counts as not set. */
export function configPath(environment: NodeJS.ProcessEnv): string {
  const xdg = environment['XDG_CONFIG_HOME'];
  const base = xdg !== undefined && isAbsolute(xdg) ? xdg : join(environment['HOME'] ?? homedir(), '.config');
  return join(base, 'provisor', 'config.yaml');
}

/**
 * Reads the file; where there is none, there are no contexts.
 *
 * @param warn Is told when others may read the file, which holds keys.
 * @throws {UsageError} Naming everything in it that does not fit.
 */
export async function readConfig(path: string, warn: (text: string) => void): Promise<Config> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new UsageError(`${path} cannot be read: ${(error as Error).message}`, [], error);
  });
  if (text === undefined) return { contexts: {} };
  await warnOfOthers(path, warn);
  return configIn(text, path);
}

/** Writes the file, for its owner alone, whole or not at all. */
export async function writeConfig(path: string, config: Config): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const written = `${path}.${randomBytes(4).toString('hex')}`;
  await writeFile(written, stringify(config), { mode: 0o600, flag: 'wx' });
  await chmod(written, 0o600);
  await rename(written, path);
}

/** @throws {UsageError} */
export function configIn(text: string, path: string): Config {
  const value = parsed(text, path);
  if (value === null) return { contexts: {} };
  if (!isJsonObject(value)) throw new UsageError(`${path} must hold "current" and "contexts"`);
  const { current, contexts = {}, ...unknown } = value;
  const faults: PlacedFault[] = Object.keys(unknown).map((field) => ({ field, message: 'is not known here' }));
  if (!isJsonObject(contexts)) faults.push({ field: 'contexts', message: 'must be an object, by name' });
  else for (const [name, context] of Object.entries(contexts)) faults.push(...contextFaults(name, context));
  const isThere = typeof current === 'string' && isJsonObject(contexts) && Object.hasOwn(contexts, current);
  if (current !== undefined && !isThere) {
    faults.push({ field: 'current', message: 'must be the name of one of the contexts' });
  }
  if (faults.length > 0) throw new UsageError(`${path} does not fit`, faults);
  return value as unknown as Config;
}

function parsed(text: string, path: string): unknown {
  try {
    return parse(text) as unknown;
  } catch (error) {
    throw new UsageError(`${path} is no YAML: ${(error as Error).message}`, [], error);
  }
}

function contextFaults(name: string, context: unknown): PlacedFault[] {
  const field = `contexts.${name}`;
  if (!isJsonObject(context)) return [{ field, message: 'must be an object with url and apiKey' }];
  const { url, apiKey, ...unknown } = context;
  const faults = Object.keys(unknown).map((each) => ({ field: `${field}.${each}`, message: 'is not known here' }));
  if (typeof url !== 'string' || !/^https?:\/\//.test(url) || !URL.canParse(url)) {
    faults.push({ field: `${field}.url`, message: 'must be a URL like https://provisor.example' });
  }
  if (typeof apiKey !== 'string' || apiKey === '') {
    faults.push({ field: `${field}.apiKey`, message: 'must be an API key' });
  }
  return faults;
}

async function warnOfOthers(path: string, warn: (text: string) => void): Promise<void> {
  // Windows has other rights, which these bits say nothing of.
  if (process.platform === 'win32') return;
  const { mode } = await stat(path);
  if ((mode & 0o077) !== 0) warn(`warning: ${path} holds keys, and others may read it; chmod 600 it`);
}
