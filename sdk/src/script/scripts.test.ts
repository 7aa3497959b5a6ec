import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execa } from 'execa';

const sdk = new URL('../index.ts', import.meta.url).href;
const event = { event: { id: 'e', events_id: 'clients.create', object_id: 12 }, data: { id: 12 } };

/** Scripts as Provisor runs them: processes that know nothing but what they are given. */
describe('a script', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'provisor-test-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  async function run(mode: 'runOnce' | 'runPersistent', work: string, input: string) {
    const file = join(folder, `${mode}.mjs`);
    const imports = `import { ${mode}, PermanentFailure, RetryLater } from ${JSON.stringify(sdk)};`;
    const source = `${imports}\nawait ${mode}(${work});\n`;
    await writeFile(file, source);
    const env = { PROVISOR_EXECUTION_ID: 'x-1', PROVISOR_ATTEMPT: '3' };
    const options = { env, extendEnv: false, input, stripFinalNewline: false, reject: false } as const;
    const ended = await execa(process.execPath, ['--conditions=provisor-source', file], options);
    return { code: ended.exitCode, out: ended.stdout, err: ended.stderr };
  }
  const once = (work: string, input = JSON.stringify(event)) => run('runOnce', work, input);

  it('gets its event and its call, and ends with 0', async () => {
    const work = '({ data }, { text, ...call }) => console.log(JSON.stringify([data, call]), text)';
    const sent = JSON.stringify(event).replace('"id":12}', '"id":12.0}');
    expect(await once(work, sent)).toEqual({
      code: 0,
      out: `[{"id":12},{"executionId":"x-1","attempt":3}] ${sent}\n`,
      err: '',
    });
  });

  it.each([
    ['() => { throw new PermanentFailure("no such plan") }', 65, 'no such plan'],
    ['() => { throw new RetryLater("busy") }', 75, 'busy'],
    ['async () => { throw new Error("oh") }', 1, 'oh'],
  ])('that throws ends so that Provisor knows whether to try again: %s', async (work, code, words) => {
    expect(await once(work)).toMatchObject({ code, err: expect.stringContaining(words) });
  });

  it('that is given no event is not tried again', async () => {
    expect((await once('() => undefined', 'nonsense')).code).toBe(65);
  });

  it('gets an event that comes as a CloudEvent as it would get any other', async () => {
    const cloudevent = {
      specversion: '1.0',
      id: 'e',
      source: '/b',
      type: 'clients.create',
      subject: '12',
      data: { id: 12 },
    };
    const work =
      '({ event, data, cloudevent_attributes: attributes }) =>' +
      ' console.error(JSON.stringify([event.object_id, data, attributes]))';
    const seen = '["12",{"id":12},{"specversion":"1.0","source":"/b"}]\n';
    expect(await once(work, JSON.stringify(cloudevent))).toMatchObject({ code: 0, err: seen });
    const line = JSON.stringify({ cloudevent, execution_id: 'x-1', attempt: 1 });
    expect((await run('runPersistent', work, `${line}\n`)).err).toBe(seen);
  });

  it('that is persistent answers each event with one line, and nothing else', async () => {
    const work = `async ({ data }) => {
      console.log('a word');
      if (data.id === 2) throw new PermanentFailure('two');
      if (data.id === 3) throw new Error('three');
    }`;
    const lines = [1, 2, 3].map((id) =>
      JSON.stringify({ ...event, data: { id }, execution_id: `x-${String(id)}`, attempt: 1 }),
    );
    const { code, out, err } = await run('runPersistent', work, `${lines.join('\n')}\n`);
    expect(code).toBe(0);
    expect(
      out
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as object),
    ).toEqual([
      { execution_id: 'x-1', ok: true },
      { execution_id: 'x-2', ok: false, retry: false, error: 'two' },
      { execution_id: 'x-3', ok: false, retry: true, error: 'three' },
    ]);
    expect(err).toBe('a word\n'.repeat(3));
  });
});
