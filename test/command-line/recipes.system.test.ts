import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createSandbox, type Sandbox } from '../../tools/test/sandbox.ts';
import { Installation } from '../support/installation.ts';
import { Provisor } from './provisor.ts';

interface Handler {
  name: string;
  task: { target?: string; path?: string; args?: string[] };
}

describe('provisor recipes', () => {
  let sandbox: Sandbox;
  let installation: Installation;
  let provisor: Provisor;
  let folder: string;

  beforeAll(async () => {
    sandbox = await createSandbox();
    installation = await Installation.start({}, { sandbox });
    provisor = new Provisor({ PROVISOR_URL: installation.registryUrl, PROVISOR_API_KEY: installation.apiKey });
    folder = await mkdtemp(join(tmpdir(), 'provisor-recipes-'));
  }, 120_000);

  afterAll(async () => {
    await installation.stop();
    await sandbox.dispose();
    await rm(folder, { recursive: true });
  });

  it('lists them, and shows the guide and the parameters of one', async () => {
    const list = await provisor.run(['recipes']);
    expect(list).toMatchObject({ code: 0 });
    for (const name of ['kamailio', 'freeradius', 'ldap', 'soap', 'slack']) expect(list.out).toContain(name);
    const shown = await provisor.run(['recipes', 'show', 'kamailio']);
    expect(shown.out).toMatch(/^# Kamailio$/m);
    expect(shown.out).toContain('KAMAILIO_URL');
    expect(await provisor.run(['recipes', 'show', 'nothing'])).toMatchObject({ code: 5 });
  });

  it('writes one out, with values, and its scripts; apply makes its handlers and targets', async () => {
    const dir = join(folder, 'kamailio');
    const written = await provisor.run([
      ...['recipes', 'write', 'kamailio', '--dir', dir],
      ...['--set', 'KAMAILIO_URL=http://10.0.0.5:8060', '--set', 'KAMAILIO_USER="49" + string(event.object_id)'],
    ]);
    expect([written.code, written.err]).toEqual([0, '']);
    expect((await stat(join(dir, 'kamailio_subscriber.py'))).mode & 0o111).toBe(0o111);
    const file = join(dir, 'recipe.yaml');
    expect(await readFile(file, 'utf8')).toContain('# First the table, which Kamailio reads when it starts');
    const applied = await provisor.run(['handlers', 'apply', '-f', file], { env: { KAMAILIO_HTABLE: 'debtors' } });
    expect([applied.code, applied.out]).toEqual([0, expect.stringContaining('+ create Kamailio: block calls')]);
    const { items } = await installation.json<{ items: Handler[] }>('GET', '/handlers?limit=100');
    const create = items.find(({ name }) => name === 'Kamailio: create subscriber');
    expect(create?.task.args).toEqual(['put', '{{ "49" + string(event.object_id) }}', '{{ string(event.object_id) }}']);
    const block = items.find(({ name }) => name === 'Kamailio: block calls');
    expect(block?.task).toMatchObject({ path: '/RPC', body: expect.stringContaining('"debtors"') });
    const again = await provisor.run(['handlers', 'diff', '-f', file], { env: { KAMAILIO_HTABLE: 'debtors' } });
    expect([again.code, again.out]).toEqual([0, expect.stringContaining('no changes')]);
  });

  it('says what is missing, wrong or in the way, and changes nothing', async () => {
    const soap = join(folder, 'soap.yaml');
    const written = await provisor.run(['recipes', 'write', 'soap', '-o', soap]);
    expect(written).toMatchObject({ code: 0, err: expect.stringContaining('SOAP_PASSWORD') });
    const applied = await provisor.run(['handlers', 'apply', '-f', soap]);
    expect([applied.code, applied.err]).toEqual([2, expect.stringContaining('SOAP_PASSWORD is needed: Password')]);
    expect(await provisor.run(['recipes', 'write', 'soap', '-o', soap])).toMatchObject({
      code: 2,
      err: expect.stringContaining('it is there already; --force overwrites it'),
    });
    for (const [pair, message] of [
      ['SOAP_URL=ftp://x', 'SOAP_URL must match https?://.+'],
      ['SOAP_PASSWORD=x', 'SOAP_PASSWORD is a secret'],
      ['NOTHING=x', 'NOTHING is no parameter of this recipe'],
      ['SOAP_URL', 'expected NAME=value'],
    ]) {
      const { code, err } = await provisor.run(['recipes', 'write', 'soap', '-o', '-', '--set', pair!]);
      expect([pair, code, err]).toEqual([pair, 2, expect.stringContaining(message!)]);
    }
    const broken = join(folder, 'broken.yaml');
    await writeFile(broken, 'recipe: { title: T, summary: S, parameters: [{ name: lower }] }\nhandlers: []\n');
    const { code, err } = await provisor.run(['handlers', 'apply', '-f', broken]);
    expect([code, err]).toEqual([2, expect.stringMatching(/broken\.yaml:1:\d+.*recipe\.parameters\.0\.name/s)]);
  });

  it('names the parameter whose value the registry refuses', async () => {
    const zabbix = join(folder, 'zabbix.yaml');
    await provisor.run(['recipes', 'write', 'zabbix', '-o', zabbix]);
    const env = { ZABBIX_TOKEN: 'x', ZABBIX_HOST: 'string(event.object_id' };
    const { code, err } = await provisor.run(['handlers', 'diff', '-f', zabbix], { env });
    expect([code, err]).toEqual([2, expect.stringContaining('invalid handlers with this value of ZABBIX_HOST;')]);
    expect(err).toMatch(/zabbix\.yaml:\d+:\d+: handlers\.0\.task\.body line 1/);
  });
});
