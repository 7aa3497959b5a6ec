import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execa } from 'execa';
import { Webhook } from 'standardwebhooks';
import { findFreePort } from '../../tools/servers/ports.ts';
import { createSandbox } from '../../tools/test/sandbox.ts';
import { allBlocks, root } from './documents.ts';
import { SdkProject } from './sdk-project.ts';
import { RunningProgram } from './terminal.ts';

const snippets = (await allBlocks()).filter(
  ({ document, language }) => document === 'sdk/README.md' && language === 'js',
);
const body = {
  event: { id: 'e1', dt: '2026-03-01T09:15:00Z', events_id: 'clients.create', object_id: 12 },
  data: { id: 12, name: 'Acme' },
};

/** What a snippet takes from those before it. */
const before: Record<string, string> = {
  'publisher.publishAll':
    taken('publisher', "import('@provisor/sdk/publisher').EventPublisher") +
    taken('rows', "{ id: string, type: 'clients.create', data: { id: number } }[]"),
  'express()': taken('handler', "import('@provisor/sdk').WebhookHandler"),
  'fastify()': taken('handler', "import('@provisor/sdk').WebhookHandler"),
};

function taken(name: string, type: string): string {
  return `const ${name} = /** @type {${type}} */ (/** @type {unknown} */ (undefined));\n`;
}
/** @throws Error When the page has none with these words any more. */
function snippet(words: string): string {
  const found = snippets.find(({ text }) => text.includes(words));
  if (!found) throw new Error(`sdk/README.md has no snippet with ${words} any more`);
  return found.text;
}

describe('the package of the SDK', () => {
  let project: SdkProject;

  beforeAll(async () => {
    project = await SdkProject.make();
  }, 120_000);
  afterAll(() => project.remove());

  it('runs scripts, with nothing installed but what it names', async () => {
    const script = await project.write('script.js', snippet('runOnce('));
    const { stdout } = await execa(process.execPath, [script], { input: JSON.stringify(body), stderr: 'inherit' });
    expect(stdout).toBe('made an account for Acme');
  });

  it('answers the calls of Provisor, and no others', async () => {
    const port = await findFreePort();
    const secret = `whsec_${Buffer.alloc(24, 7).toString('base64')}`;
    const text = snippet('nodeListener(').replace('listen(5000)', `listen(${String(port)}, () => console.log('up'))`);
    await project.write('handler.js', text);
    const environment = { PATH: process.env['PATH'], PROVISOR_SECRET: secret };
    const server = new RunningProgram(`exec '${process.execPath}' handler.js`, { folder: project.folder, environment });
    await server.until(/^up$/);
    const call = (attempt: number, signer: string) => {
      const [at, content] = [new Date(), JSON.stringify(body)];
      const headers = {
        'webhook-id': 'x1',
        'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
        'webhook-signature': new Webhook(signer).sign('x1', at, content),
        'provisor-attempt': String(attempt),
      };
      return fetch(`http://127.0.0.1:${String(port)}`, { method: 'POST', headers, body: content });
    };
    try {
      expect((await call(1, `whsec_${Buffer.alloc(24, 8).toString('base64')}`)).status).toBe(401);
      const busy = await call(1, secret);
      expect([busy.status, busy.headers.get('retry-after')]).toEqual([503, '5']);
      const done = await call(2, secret);
      expect([done.status, await done.json()]).toEqual([200, { account: 'acme-12' }]);
    } finally {
      await server.interrupt();
    }
  });

  it('remembers executions in a database, as its page shows', async () => {
    await project.link('pg');
    const sandbox = await createSandbox();
    const { hostname, port, username, password, pathname } = new URL(sandbox.databaseUrl);
    const env = {
      PGHOST: hostname,
      PGPORT: port,
      PGUSER: username,
      PGPASSWORD: password,
      PGDATABASE: pathname.slice(1),
    };
    const table = 'create table executions (id text primary key, done boolean not null, since timestamptz not null)';
    const script = await project.write(
      'executions.js',
      `${snippet('new pg.Pool()')}
       await database.query('${table}');
       const states = [await executions.begin('x'), await executions.begin('x')];
       await executions.failed('x');
       states.push(await executions.begin('x'));
       await executions.done('x');
       states.push(await executions.begin('x'));
       console.log(states.join(' '));
       await database.end();`,
    );
    const { stdout } = await execa(process.execPath, [script], { env, extendEnv: false });
    await sandbox.dispose();
    expect(stdout).toBe('new running new done');
  });

  it('has types, with which every snippet of its page compiles strictly', async () => {
    for (const name of ['amqplib', '@types/node', '@types/pg', 'express', '@types/express', 'fastify']) {
      await project.link(name);
    }
    for (const block of snippets) {
      const [, given = ''] = Object.entries(before).find(([words]) => block.text.includes(words)) ?? [];
      await project.write(`line-${String(block.line)}.mjs`, `${given}${block.text}\nexport {};\n`);
    }
    const wrong = '// @ts-expect-error It is a list.\nwebhookHandler({ secrets: 5, on: {} });\n';
    await project.write('wrong.mjs', `import { webhookHandler } from '@provisor/sdk';\n${wrong}`);
    const compilerOptions = {
      target: 'es2024',
      lib: ['es2024'],
      module: 'nodenext',
      types: ['node'],
      ...{ strict: true, allowJs: true, checkJs: true, noEmit: true },
    };
    await project.write('tsconfig.json', JSON.stringify({ compilerOptions, include: ['*.mjs'] }));
    const compiler = [`${root}/node_modules/typescript/bin/tsc`, '-p', project.folder];
    const { stdout } = await execa(process.execPath, compiler, { reject: false });
    expect(snippets.length).toBeGreaterThan(0);
    expect(stdout).toBe('');
  });
});
