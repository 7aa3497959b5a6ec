import type { Command } from 'commander';
import { UsageError, NotThere } from '../cli-error.ts';
import { configPath, readConfig, writeConfig, type Config } from '../connection/config-file.ts';
import { askSecretly } from '../input/ask-secretly.ts';
import { plainLine } from '../output/plain-text.ts';
import type { Surroundings } from '../session.ts';

interface ShownContext {
  name: string;
  url: string;
  current: boolean;
}

/** `provisor contexts …`: the registries of the config file. */
export function addContexts(program: Command, surroundings: Surroundings): void {
  const { environment, input, output } = surroundings;
  const path = configPath(environment);
  const read = (): Promise<Config> => readConfig(path, (text) => output.note(text));
  const contexts = program.command('contexts').description(`the registries of the config file, and which one is used`);

  contexts
    .command('list', { isDefault: true })
    .description('list the contexts, without their keys')
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
      output.list(shown, columns, `no contexts in ${path}`);
    });

  contexts
    .command('set <name>')
    .description('add or change a context, and use it; the API key is asked for, or read from the standard input')
    .requiredOption('--url <url>', 'of the registry')
    .action(async (name: string, { url }: { url: string }) => {
      if (!/^https?:\/\//.test(url) || !URL.canParse(url))
        throw new UsageError('--url must be like https://provisor.example');
      const config = await read();
      const apiKey = await askSecretly('API key: ', input);
      if (apiKey === '') throw new UsageError('there is no context without an API key');
      await writeConfig(path, { current: name, contexts: { ...config.contexts, [name]: { url, apiKey } } });
      output.note(`${plainLine(name)} is in ${path}, and used from now on`);
    });

  contexts
    .command('use <name>')
    .description('use a context from now on')
    .action(async (name: string) => {
      const config = await read();
      if (!Object.hasOwn(config.contexts, name))
        throw new NotThere(`there is no context ${JSON.stringify(name)} in ${path}`);
      await writeConfig(path, { ...config, current: name });
    });

  contexts
    .command('remove <name>')
    .description('take a context and its key out of the file')
    .action(async (name: string) => {
      const { current, contexts: before } = await read();
      if (!Object.hasOwn(before, name)) throw new NotThere(`there is no context ${JSON.stringify(name)} in ${path}`);
      const rest = Object.fromEntries(Object.entries(before).filter(([each]) => each !== name));
      await writeConfig(path, { ...(current !== undefined && current !== name && { current }), contexts: rest });
    });
}
