import { randomBytes } from 'node:crypto';
import { chmod, mkdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, isAbsolute, join } from 'node:path';
import { parse, stringify } from 'yaml';
import { isJsonObject } from '#contracts';
import { UsageError, type PlacedFault } from '../cli-error.ts';

/** A registry, and the API key for it. */
export interface Context {
  url: string;
  apiKey: string;
}

export interface Config {
  /** Name of the context that commands use by default. */
  current?: string;
  contexts: Record<string, Context>;
}

/** Path of the file, by the XDG Base Directory Specification: a relative path counts as unset. */
export function configPath(environment: NodeJS.ProcessEnv): string {
  const xdg = environment['XDG_CONFIG_HOME'];
  const base = xdg !== undefined && isAbsolute(xdg) ? xdg : join(environment['HOME'] ?? homedir(), '.config');
  return join(base, 'provisor', 'config.yaml');
}

/**
 * Reads the file; without a file there are no contexts.
 *
 * @param warn Called when other users can read the file, which holds API keys.
 * @throws {UsageError} Naming every invalid field.
 */
export async function readConfig(path: string, warn: (text: string) => void): Promise<Config> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new UsageError(`cannot read ${path}: ${(error as Error).message}`, [], error);
  });
  if (text === undefined) return { contexts: {} };
  await warnOfOthers(path, warn);
  return configIn(text, path);
}

/** Writes the file atomically, readable for its owner only. */
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
  if (!isJsonObject(value)) throw new UsageError(`${path} must be an object with "current" and "contexts"`);
  const { current, contexts = {}, ...unknown } = value;
  const faults: PlacedFault[] = Object.keys(unknown).map((field) => ({
    field,
    message: 'is unknown; expected current and contexts',
  }));
  if (!isJsonObject(contexts))
    faults.push({ field: 'contexts', message: 'must be an object that maps names to contexts' });
  else for (const [name, context] of Object.entries(contexts)) faults.push(...contextFaults(name, context));
  const isThere = typeof current === 'string' && isJsonObject(contexts) && Object.hasOwn(contexts, current);
  if (current !== undefined && !isThere) {
    faults.push({ field: 'current', message: 'must be the name of a context' });
  }
  if (faults.length > 0) throw new UsageError(`${path} is invalid:`, faults);
  return value as unknown as Config;
}

function parsed(text: string, path: string): unknown {
  try {
    return parse(text) as unknown;
  } catch (error) {
    throw new UsageError(`${path} is not valid YAML: ${(error as Error).message}`, [], error);
  }
}

function contextFaults(name: string, context: unknown): PlacedFault[] {
  const field = `contexts.${name}`;
  if (!isJsonObject(context)) return [{ field, message: 'must be an object with url and apiKey' }];
  const { url, apiKey, ...unknown } = context;
  const faults = Object.keys(unknown).map((each) => ({
    field: `${field}.${each}`,
    message: 'is unknown; expected url and apiKey',
  }));
  if (typeof url !== 'string' || !/^https?:\/\//.test(url) || !URL.canParse(url)) {
    faults.push({ field: `${field}.url`, message: 'must be a URL like https://provisor.example' });
  }
  if (typeof apiKey !== 'string' || apiKey === '') {
    faults.push({ field: `${field}.apiKey`, message: 'must be an API key' });
  }
  return faults;
}

async function warnOfOthers(path: string, warn: (text: string) => void): Promise<void> {
  // Windows has other permissions, which these bits do not show.
  if (process.platform === 'win32') return;
  const { mode } = await stat(path);
  if ((mode & 0o077) !== 0) warn(`warning: other users can read the API keys in ${path}; run "chmod 600 ${path}"`);
}
