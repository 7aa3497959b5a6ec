import type { Command } from 'commander';
import { UsageError, NotThere } from '../cli-error.ts';
import { configPath, readConfig, writeConfig, type Config } from '../connection/config-file.ts';
import { askSecretly } from '../input/ask-secretly.ts';
import { withExamples } from '../help/examples.ts';
import { plainLine } from '../output/plain-text.ts';
import type { Surroundings } from '../session.ts';

interface ShownContext {
  name: string;
  url: string;
  current: boolean;
}

/** `provisor contexts …`: the registries in the config file. */
export function addContexts(program: Command, surroundings: Surroundings): void {
  const { environment, input, output } = surroundings;
  const path = configPath(environment);
  const read = (): Promise<Config> => readConfig(path, (text) => output.note(text));
  const contexts = program.command('contexts').description('Choose the registry: list, add and switch contexts');
  withExamples(
    contexts,
    ['Add a registry; asks for the API key', 'provisor contexts set staging --url https://provisor.staging.example'],
    ['Use another registry from now on', 'provisor contexts use production'],
    ['Use it for one command', 'provisor overview --context production'],
  );

  contexts
    .command('list', { isDefault: true })
    .description('List contexts, without their API keys')
    .action(async () => {
      const config = await read();
      const shown = Object.entries(config.contexts).map(([name, { url }]): ShownContext => {
        return { name, url, current: name === config.current };
      });
      const columns = [
        { title: '', value: ({ current }: ShownContext) => (current ? '*' : ' ') },
        { title: 'name', value: ({ name }: ShownContext) => name },
        { title: 'url', value: ({ url }: ShownContext) => url },
      ];
      output.list(shown, columns, `No contexts in ${path}. Add one with "provisor contexts set NAME --url URL".`);
    });

  contexts
    .command('set <name>')
    .description('Add or change a context, and use it; asks for the API key, or reads it from standard input')
    .requiredOption('--url <url>', 'URL of the registry')
    .action(async (name: string, { url }: { url: string }) => {
      if (!/^https?:\/\//.test(url) || !URL.canParse(url))
        throw new UsageError('--url must be a URL like https://provisor.example');
      const config = await read();
      const apiKey = await askSecretly('API key: ', input);
      if (apiKey === '') throw new UsageError('the API key is empty; a context needs one');
      await writeConfig(path, { current: name, contexts: { ...config.contexts, [name]: { url, apiKey } } });
      output.note(`saved context ${plainLine(name)} to ${path}; it is the current one`);
    });

  contexts
    .command('use <name>')
    .description('Use a context from now on')
    .action(async (name: string) => {
      const config = await read();
      if (!Object.hasOwn(config.contexts, name))
        throw new NotThere(`context ${JSON.stringify(name)} not found in ${path}`);
      await writeConfig(path, { ...config, current: name });
    });

  contexts
    .command('remove <name>')
    .description('Remove a context and its API key from the file')
    .action(async (name: string) => {
      const { current, contexts: before } = await read();
      if (!Object.hasOwn(before, name)) throw new NotThere(`context ${JSON.stringify(name)} not found in ${path}`);
      const rest = Object.fromEntries(Object.entries(before).filter(([each]) => each !== name));
      await writeConfig(path, { ...(current !== undefined && current !== name && { current }), contexts: rest });
    });
}
