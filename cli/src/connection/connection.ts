import { readFile } from 'node:fs/promises';
import { UsageError } from '../cli-error.ts';
import { configPath, readConfig, type Context } from './config-file.ts';

/**
 * Finds the registry to use: the named context, else PROVISOR_URL and PROVISOR_API_KEY, else the current context, else
 * the registry that `npm start` runs in this clone. URL and API key always come from the same place, so that no key is
 * sent to another registry.
 *
 * @throws {UsageError} When no registry is configured, or its configuration is invalid.
 */
export async function findConnection(
  environment: NodeJS.ProcessEnv,
  contextName: string | undefined,
  warn: (text: string) => void,
): Promise<Context> {
  const path = configPath(environment);
  if (contextName === undefined) {
    const given = connectionIn(environment);
    if (given) return given;
  }
  const { current, contexts } = await readConfig(path, warn);
  const name = contextName ?? current;
  const context = name === undefined ? undefined : contexts[name];
  if (context) return context;
  if (name !== undefined)
    throw new UsageError(`context ${JSON.stringify(name)} not found in ${path}; "provisor contexts" lists them`);
  const developmentFile = environment['PROVISOR_DEV_FILE'];
  const development = await ofDevelopment(developmentFile);
  if (development) return development;
  const inClone = developmentFile === undefined ? '' : 'run "npm start" in this clone, ';
  throw new UsageError(
    `no registry is configured; ${inClone}set PROVISOR_URL and PROVISOR_API_KEY,\n` +
      '  or add a context with "provisor contexts set NAME --url URL"',
  );
}

function connectionIn(environment: NodeJS.ProcessEnv): Context | undefined {
  const [url = '', apiKey = ''] = ['PROVISOR_URL', 'PROVISOR_API_KEY'].map((name) => environment[name]?.trim());
  if (url === '' && apiKey === '') return undefined;
  const faults = [];
  if (!/^https?:\/\//.test(url) || !URL.canParse(url)) {
    faults.push({ field: 'PROVISOR_URL', message: 'must be a URL like https://provisor.example' });
  }
  if (apiKey === '') faults.push({ field: 'PROVISOR_API_KEY', message: 'must be set together with PROVISOR_URL' });
  if (faults.length > 0) throw new UsageError('invalid environment:', faults);
  return { url, apiKey };
}

/** The registry that `npm start` runs in this clone. */
async function ofDevelopment(file: string | undefined): Promise<Context | undefined> {
  if (file === undefined) return undefined;
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const { registryUrl, apiKey } = JSON.parse(text) as { registryUrl: string; apiKey: string };
  return { url: registryUrl, apiKey };
}
