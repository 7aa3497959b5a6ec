import { readFile } from 'node:fs/promises';
import { UsageError } from '../cli-error.ts';
import { configPath, readConfig, type Context } from './config-file.ts';

/**
 * The registry that is meant: the context that is named, else that of PROVISOR_URL and PROVISOR_API_KEY, else the current
 * context, else what `npm start` runs in this clone. A URL and a key always come from the same place, so that no key is
 * sent where it does not belong.
 *
 * @throws {UsageError} When there is none, or what there is does not fit.
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
  if (name !== undefined) throw new UsageError(`there is no context ${JSON.stringify(name)} in ${path}`);
  const developmentFile = environment['PROVISOR_DEV_FILE'];
  const development = await ofDevelopment(developmentFile);
  if (development) return development;
  const inClone = developmentFile === undefined ? '' : 'In this clone none is up: see what "npm start" says. Or: ';
  throw new UsageError(
    `which registry? ${inClone}Set PROVISOR_URL and PROVISOR_API_KEY, or add a context with "provisor contexts set"`,
  );
}

function connectionIn(environment: NodeJS.ProcessEnv): Context | undefined {
  const [url = '', apiKey = ''] = ['PROVISOR_URL', 'PROVISOR_API_KEY'].map((name) => environment[name]?.trim());
  if (url === '' && apiKey === '') return undefined;
  const faults = [];
  if (!/^https?:\/\//.test(url) || !URL.canParse(url)) {
    faults.push({ field: 'PROVISOR_URL', message: 'must be a URL like https://provisor.example' });
  }
  if (apiKey === '') faults.push({ field: 'PROVISOR_API_KEY', message: 'must be set along with PROVISOR_URL' });
  if (faults.length > 0) throw new UsageError('the environment does not fit', faults);
  return { url, apiKey };
}

/** What `npm start` has left behind in a clone. */
async function ofDevelopment(file: string | undefined): Promise<Context | undefined> {
  if (file === undefined) return undefined;
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const { registryUrl, apiKey } = JSON.parse(text) as { registryUrl: string; apiKey: string };
  return { url: registryUrl, apiKey };
}
