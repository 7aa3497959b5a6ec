import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execa, execaSync } from 'execa';
import { onlyWhere } from '../../tools/test/only-where.ts';
import { createSandbox, type Sandbox } from '../../tools/test/sandbox.ts';
import { eventually } from '../support/eventually.ts';
import { Installation } from '../support/installation.ts';
import { allBlocks, root } from './documents.ts';

interface Language {
  readonly file: string;
  /** What is missing where it cannot be run. */
  readonly needs: string;
  readonly isHere: () => boolean;
  /** What runs the file; commands that end one after another. */
  readonly commands: readonly (readonly [program: string, ...args: string[]])[];
  readonly environment?: Readonly<Record<string, string>>;
}

const succeeds = (program: string, ...args: string[]): boolean =>
  !execaSync(program, args, { stdio: 'ignore', reject: false, timeout: 20_000 }).failed;

/** Debian's Python has Debian's packages, which another one on the path has not. */
const python = ['python3', '/usr/bin/python3'].find((program) => succeeds(program, '-c', 'import pika')) ?? 'python3';
const jars = ['amqp-client', 'slf4j-api', 'slf4j-nop'].map((name) => `/usr/share/java/${name}.jar`);
const goPath = '/usr/share/gocode';
const classPath = ['.', ...jars].join(':');

const languages: Readonly<Record<string, Language>> = {
  php: {
    file: 'publish.php',
    needs: 'PHP and php-amqplib',
    isHere: () => succeeds('php', '-r', "require 'PhpAmqpLib/autoload.php';"),
    commands: [['php', 'publish.php']],
  },
  python: {
    file: 'publish.py',
    needs: 'pika for python3',
    isHere: () => succeeds(python, '-c', 'import pika'),
    commands: [[python, 'publish.py']],
  },
  java: {
    file: 'Publish.java',
    needs: 'a JDK and librabbitmq-client-java',
    isHere: () => succeeds('javac', '-version') && jars.every((jar) => succeeds('test', '-e', jar)),
    commands: [
      ['javac', '-cp', classPath, 'Publish.java'],
      ['java', '-cp', classPath, 'Publish'],
    ],
  },
  go: {
    file: 'publish.go',
    needs: 'Go and golang-github-rabbitmq-amqp091-go-dev',
    isHere: () => succeeds('go', 'version') && succeeds('test', '-d', `${goPath}/src/github.com/rabbitmq/amqp091-go`),
    commands: [['go', 'run', 'publish.go']],
    environment: { GO111MODULE: 'off', GOPATH: goPath },
  },
  ruby: {
    file: 'publish.rb',
    needs: 'Ruby and Bunny',
    isHere: () => succeeds('ruby', '-e', "require 'bunny'"),
    commands: [['ruby', 'publish.rb']],
  },
  js: {
    file: 'publish.mjs',
    needs: 'amqplib',
    isHere: () => true,
    // Packages are found from where it runs.
    commands: [[process.execPath, '--input-type=module', '--eval', '']],
  },
};
const page = 'docs/publishing-events.md';
const snippets = (await allBlocks()).filter(({ document, language }) => document === page && language in languages);

it(`${page} has a program in each language that is run here, and one in C#`, async () => {
  expect(snippets.map(({ language }) => language).sort()).toEqual(Object.keys(languages).sort());
  expect((await allBlocks()).filter(({ language }) => language === 'csharp')).toHaveLength(1);
});

describe('the program that publishes an event, as the page has it,', () => {
  let sandbox: Sandbox;
  let installation: Installation;
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'provisor-publish-'));
    sandbox = await createSandbox();
    installation = await Installation.start({}, { sandbox });
    await installation.startExecutor();
  });
  afterAll(async () => {
    await installation.stop();
    await sandbox.dispose();
    await rm(folder, { recursive: true });
  });

  for (const { language, text } of snippets) {
    const { file, needs, isHere, commands, environment } = languages[language]!;
    onlyWhere(it, isHere(), needs)(
      `in ${language} does`,
      async () => {
        const id = `e-${language}`;
        const program = text.replaceAll('e-4711', id);
        await writeFile(join(folder, file), program);
        for (const [command, ...args] of commands) {
          const isNode = command === process.execPath;
          await execa(command, isNode ? [...args.slice(0, -1), program] : args, {
            cwd: isNode ? root : folder,
            env: { AMQP_URL: sandbox.amqpUrl, ...environment },
            timeout: 90_000,
          });
        }
        const event = await eventually(async () => {
          const answer = await installation.call('GET', `/events/${id}`);
          return answer.ok ? ((await answer.json()) as object) : undefined;
        });
        expect(event).toMatchObject({
          status: 'succeeded',
          type: 'clients.update',
          objectId: 12,
          partitionKey: '12',
          data: { id: 12, name: 'My changed name' },
        });
      },
      120_000,
    );
  }
});
