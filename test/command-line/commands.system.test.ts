import { chmod, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { findFreePort } from '../../tools/servers/ports.ts';
import { createSandbox, type Sandbox } from '../../tools/test/sandbox.ts';
import { Billing } from '../support/billing.ts';
import { eventually } from '../support/eventually.ts';
import { Installation } from '../support/installation.ts';
import { RecordingTarget } from '../support/recording-target.ts';
import { Provisor, type Ended } from './provisor.ts';

interface Event {
  id: string;
  status: string;
}

/** Every command of `provisor`, against a registry and an executor as people run them. */
describe('the command line', () => {
  let installation: Installation;
  let sandbox: Sandbox;
  let target: RecordingTarget;
  let provisor: Provisor;
  let folder: string;
  let status: number;

  beforeAll(async () => {
    sandbox = await createSandbox();
    installation = await Installation.start({}, { sandbox });
    await installation.startExecutor();
    target = await RecordingTarget.listen();
    target.reply = (_call, response) => void response.writeHead(status).end('"\u001b[31mred"');
    folder = await mkdtemp(join(tmpdir(), 'provisor-test-'));
    provisor = new Provisor({ PROVISOR_URL: installation.registryUrl, PROVISOR_API_KEY: installation.apiKey });
    const file = join(folder, 'switch.yaml');
    // No retry happens while a test looks.
    await writeFile(file, 'retry: { maxAttempts: 5, schedule: [1h] }\n');
    const options = ['--name', 'Switch', '--event', 'clients.update', '--url', target.url()];
    await run('handlers', 'create', '-f', file, ...options);
    await installation.inForce();
  });
  afterAll(async () => {
    await rm(folder, { recursive: true, force: true });
    await target.close();
    await installation.stop();
    await sandbox.dispose();
  });
  beforeEach(() => {
    status = 200;
    target.calls.length = 0;
  });

  /** A command that has to succeed. */
  async function run(...args: string[]): Promise<Ended> {
    const ended = await provisor.run(args);
    if (ended.code !== 0) throw new Error(`${args.join(' ')}: ${String(ended.code)} ${ended.err}`);
    return ended;
  }
  const ended = (id: string, expected: string): Promise<Event> =>
    eventually(async () => {
      const event = await installation.json<Event>('GET', `/events/${id}`);
      return event.status === expected ? event : undefined;
    });
  const publish = (id: string, ...args: string[]): Promise<Ended> =>
    run('events', 'publish', '--type', 'clients.update', '--object-id', '12', '--id', id, ...args);

  describe('handlers', () => {
    it('are created, listed, looked at, switched off and on, and archived', async () => {
      const made = await run(
        'handlers',
        'create',
        '--name',
        'B',
        '--event',
        'clients.create',
        '--script',
        'b.py',
        '--arg',
        '-v',
        '--format',
        'cloudevents',
        '--disabled',
      );
      expect(made.out).toMatch(/^created B \([0-9a-f-]{36}\), priority 1\n$/);
      const list = await run('handlers', 'list');
      expect(list.out.split('\n')[0]).toMatch(/^EVENT +PRIORITY +NAME +STATUS +TYPE +CALLS +ID$/);
      expect(list.out).toMatch(/^clients\.create +1 +B +disabled +script +b\.py +[0-9a-f-]{36}$/m);
      expect(list.out).not.toContain('\u001b');
      const text = (await run('handlers', 'get', 'B')).out;
      expect(text).toContain('args:\n    - -v\n');
      expect(text).toContain('# event: Clients: create\n');
      expect((await run('handlers', 'enable', 'B', 'Switch')).out).toBe('B: enabled\nSwitch: already enabled\n');
      expect(await provisor.run(['handlers', 'disable', 'B', 'no such handler'])).toMatchObject({ code: 5 });
      expect(await provisor.json('handlers', 'get', 'B')).toMatchObject({ status: 'enabled', task: { args: ['-v'] } });
      await run('handlers', 'archive', 'B');
      expect(await provisor.run(['handlers', 'get', 'B'])).toEqual({
        code: 5,
        out: '',
        err: expect.stringMatching(/^error: handler "B" not found; /),
      });
      expect((await run('handlers', 'list', '--status', 'archived', '--q', 'b.py')).out).toContain('archived');
    });

    it('are created from a file, and what does not fit is told field by field', async () => {
      const file = join(folder, 'handler.yaml');
      await writeFile(file, 'name: C\nevent: nothing\ntask: {type: http, url: "http://x", method: FETCH}\n');
      const refused = await provisor.run(['handlers', 'create', '-f', file, '--priority', '3']);
      expect(refused.code).toBe(2);
      expect(refused.err).toMatch(
        /^error: the registry refused the input:\n {2}event must be one of .*\n {2}task\.method must be one of .*\n$/,
      );
      const asJson = await provisor.run(['handlers', 'create', '-f', file, '--json']);
      expect(JSON.parse(asJson.err)).toMatchObject({
        error: { code: 'invalid-input', status: 400, errors: [{ field: 'event' }, { field: 'task.method' }] },
      });
      expect(
        await provisor.run(['handlers', 'create', '--name', 'Switch', '--event', 'clients.create', '--script', 'x']),
      ).toMatchObject({ code: 6 });
    });

    it('are edited, until what was written fits', async () => {
      await run('handlers', 'create', '--name', 'Edited', '--event', 'clients.create', '--script', 'print_event.sh');
      const editor = join(folder, 'editor.sh');
      // Writes nonsense at first, and puts it right when it is shown what is wrong.
      await writeFile(
        editor,
        '#!/bin/sh\nif grep -q "^#! timeoutMs" "$1"; then sed -i "s/timeoutMs: .*/timeoutMs: 77/" "$1"; else sed -i "s/timeoutMs: .*/timeoutMs: soon/" "$1"; fi\n',
      );
      await chmod(editor, 0o755);
      const edited = await provisor.run(['handlers', 'edit', 'Edited'], { env: { EDITOR: editor } });
      expect(edited).toEqual({ code: 0, out: 'Edited: saved as version 2\n', err: '' });
      expect(await provisor.json('handlers', 'get', 'Edited')).toMatchObject({ timeoutMs: 77, version: 2 });
      const untouched = await provisor.run(['handlers', 'edit', 'Edited'], { env: { EDITOR: 'true' } });
      expect(untouched.out).toBe('Edited: no changes\n');
      const viaInput = await provisor.run(['handlers', 'edit', 'Edited', '-f', '-'], { input: 'onFailure: detach' });
      expect(viaInput.out).toBe('Edited: saved as version 3\n');
      await run('handlers', 'archive', 'Edited');
    });

    it('are tested, with the outcome as exit code', async () => {
      expect((await run('handlers', 'test', 'Switch')).out).toMatch(/^success /);
      status = 418;
      const failed = await provisor.run(['handlers', 'test', 'Switch']);
      expect(failed.code).toBe(1);
      expect(failed.out).toMatch(/^permanent {2}http_status/);
      expect(failed.out).not.toContain('\u001b');
    });
  });

  it('warns on stderr of a script that cannot run, and tells programs in the result', async () => {
    await eventually(async () => {
      const { executors } = await installation.json<{ executors: unknown[] }>('GET', '/scripts');
      return executors.length > 0 ? true : undefined;
    });
    const event = ['--event', 'clients.packages.close'];
    const made = await run('handlers', 'create', '--name', 'Lost', ...event, '--script', 'lost.sh');
    const warning = 'task.path: No running executor has this script. Copy it to ';
    expect(made.err).toContain(`warning: Lost: ${warning}`);
    const there = await run('handlers', 'create', '--name', 'There', ...event, '--script', 'print_event.sh');
    expect(there.err).toBe('');
    expect((await run('handlers', 'disable', 'Lost')).err).toContain(`warning: Lost: ${warning}`);
    const task = { type: 'script', path: 'missing.sh' };
    const file = join(folder, 'missing.yaml');
    await writeFile(file, JSON.stringify({ handlers: [{ name: 'Missing', event: 'clients.packages.close', task }] }));
    expect((await run('handlers', 'apply', '-f', file, '--dry-run')).err).toContain(`warning: Missing: ${warning}`);
    expect((await run('handlers', 'apply', '-f', file)).err).toContain(`warning: Missing: ${warning}`);
    const result = await provisor.run(['handlers', 'edit', 'Missing', '-f', '-', '--json'], { input: 'priority: 9' });
    expect(result.err).toBe('');
    expect(JSON.parse(result.out)).toMatchObject({ priority: 9, warnings: [{ field: 'task.path' }] });
  });

  it('lists rejected messages, shows one, and prints its body, from which it is published again', async () => {
    const billing = await Billing.connect(installation.servers.amqpUrl);
    const wrong = '{"event": {"id": "again", "dt": "now", "events_id": "clients.update", "object_id": 12}, "data": {}}';
    await billing.publishRaw('clients.update', Buffer.from(wrong), { headers: { 'partition-key': '12' } });
    await billing.publishRaw('clients.delete', Buffer.from([0xff, 0x00]));
    await billing.close();
    const [first] = await eventually(async () => {
      const found = await provisor.json<{ id: string }[]>(
        'rejected',
        '--routing-key',
        'clients.update',
        '--from',
        '1h',
      );
      return found.length > 0 ? found : undefined;
    });
    const { id } = first!;
    expect((await run('rejected', 'list', '--reason', 'wrong_shape')).out).toContain(`clients.update  ${id}  event.dt`);
    expect((await run('rejected', '--to', '1h')).out).toBe('No rejected messages match.\n');
    const shown = (await run('rejected', 'show', id)).out;
    expect(shown).toMatch(/^problem +event\.dt must be/m);
    expect(shown).toContain('"partition-key":"12"');
    expect(shown).toContain(wrong);
    expect((await run('rejected', 'body', id)).out).toBe(wrong);
    const input = wrong.replace('"now"', '"2026-03-01T09:15:00Z"');
    expect((await provisor.run(['events', 'publish', '-f', '-', '--key', '12'], { input })).code).toBe(0);
    await ended('again', 'succeeded');
    expect((await provisor.run(['rejected', 'show', installation.apiKey.slice(0, 8)])).code).not.toBe(0);
  });

  describe('events', () => {
    it('are published, listed and shown with their attempts', async () => {
      await publish('one', '--data', '{"id": 12, "n": 1}', '--key', 'k-one');
      await ended('one', 'succeeded');
      expect(JSON.parse(target.calls[0]!.body)).toMatchObject({ event: { object_id: 12 }, data: { n: 1 } });
      const list = await run('events', 'list', '--key', 'k-one');
      expect(list.out).toMatch(/succeeded +clients\.update +12 +k-one +- +one$/m);
      const shown = await run('events', 'show', 'one');
      expect(shown.out).toMatch(/1\. Switch {2}succeeded/);
      expect(shown.out).toContain('event         Clients: update\n');
      expect(shown.out).toMatch(/attempt 1 {2}.* {2}success/);
      expect(await provisor.run(['events', 'show', 'none'])).toMatchObject({ code: 5 });
      expect(await provisor.run(['events', 'list', '--from', 'yesterday'])).toMatchObject({ code: 2 });
    });

    it('with a failed handler are listed and replayed', async () => {
      await publish('fine', '--key', 'has-failed');
      await ended('fine', 'succeeded');
      status = 400;
      await publish('broken', '--key', 'has-failed');
      await ended('broken', 'failed');
      const listed = await run('events', 'list', '--key', 'has-failed', '--has-failed');
      expect(listed.out).toMatch(/^[^\n]+\n[^\n]+ failed [^\n]+ broken\n$/);
      status = 200;
      const replayed = await run('events', 'replay', '--key', 'has-failed', '--has-failed', '--yes');
      expect(replayed.out).toMatch(/of 1 event: finished; 1 succeeded, 0 failed, 0 waiting\n$/);
    });

    it('are published from a file, one a line, as they were written', async () => {
      const event = (n: number): string =>
        `{"event": {"id": "line-${String(n)}", "dt": "2026-03-01T09:15:00Z", "events_id": "clients.update", "object_id": ${String(n)}}, "data": {"id": ${String(n)}, "big": 12345678901234567890}}`;
      const published = await provisor.run(['events', 'publish', '-f', '-', '--key', 'lines'], {
        input: [1, 2, 3].map(event).join('\n'),
      });
      expect(published).toMatchObject({ code: 0, out: 'published line-1\npublished line-2\npublished line-3\n' });
      await ended('line-3', 'succeeded');
      expect(target.calls.map(({ headers }) => headers['provisor-event-id'])).toEqual(['line-1', 'line-2', 'line-3']);
      expect(target.calls[0]!.body).toContain('12345678901234567890');
      const broken = await provisor.run(['events', 'publish', '-f', '-'], { input: `${event(4)}\nnonsense\n` });
      expect(broken).toMatchObject({ code: 2, err: expect.stringContaining('line 2 is not valid JSON') });
      expect(await provisor.run(['events', 'publish', '--type', 'clients.update'])).toMatchObject({ code: 2 });
    });

    it('are replayed by id, and by what they have in common', async () => {
      await publish('again-1', '--key', 'again');
      await publish('again-2', '--key', 'again');
      await ended('again-2', 'succeeded');
      target.calls.length = 0;
      const one = await run('events', 'replay', 'again-1', '--handler', 'Switch');
      expect(one.out).toMatch(/^replay \S+ of event again-1: finished; 1 succeeded, 0 failed, 0 waiting\n$/);
      const filter = ['events', 'replay', '--key', 'again', '--from', '1h'];
      const all = await run(...filter, '--yes');
      expect(all.out).toMatch(/of 2 events: finished; 2 succeeded, 0 failed, 0 waiting\n$/);
      expect(target.calls).toHaveLength(3);
      status = 400;
      expect((await provisor.run([...filter, '--yes'])).code).toBe(1);
      expect(await provisor.run(filter)).toMatchObject({ code: 2, err: expect.stringContaining('--yes') });
      expect(await provisor.run(['events', 'replay'])).toMatchObject({ code: 2 });
      const none = await provisor.run(['events', 'replay', '--key', 'no-such-key']);
      expect(none).toMatchObject({ code: 1, err: expect.stringContaining('no events match') });
    });
  });

  describe('logs', () => {
    it('are the executions, the newest last, and what the targets answer is text', async () => {
      for (const id of ['log-1', 'log-2']) {
        await publish(id, '--object-id', '77');
        await ended(id, 'succeeded');
      }
      const { out } = await run('logs', '--object-id', '77');
      const lines = out.trimEnd().split('\n');
      expect(lines).toHaveLength(2);
      expect(lines[1]).toMatch(/succeeded {2}clients\.update 77 {2}Switch {2}.*red/);
      expect(out).not.toContain('\u001b');
      const items = await provisor.run(['logs', '--object-id', '77', '--json']);
      expect(
        items.out
          .trimEnd()
          .split('\n')
          .map((line) => (JSON.parse(line) as { eventId: string }).eventId),
      ).toEqual(['log-1', 'log-2']);
    });

    it('are followed until Ctrl-C', async () => {
      await publish('before', '--object-id', '88');
      await ended('before', 'succeeded');
      const running = provisor.start(['logs', '--follow', '--object-id', '88', '--json']);
      const next = async (): Promise<string> => (JSON.parse(await running.next()) as { eventId: string }).eventId;
      expect(await next()).toBe('before');
      await publish('after-1', '--object-id', '88');
      expect(await next()).toBe('after-1');
      await publish('after-2', '--object-id', '88');
      expect(await next()).toBe('after-2');
      running.interrupt();
      expect(await running.ended()).toBe(130);
    });
  });

  it('waiting events are listed, retried and skipped, past a key that no longer waits', async () => {
    status = 503;
    await publish('waits', '--key', 'waiting/key');
    await ended('waits', 'waiting');
    expect((await run('deferrals', '--handler', 'Switch')).out).toMatch(
      /^waiting\/key .* retry +1 +0 +clients\.update 12 +Switch$/m,
    );
    status = 200;
    const retried = await provisor.run(['deferrals', 'retry', 'gone/key', 'waiting/key']);
    expect(retried).toEqual({
      code: 5,
      out: 'gone/key: no longer waiting\nwaiting/key: retry requested\n',
      err: 'error: 1 of 2 keys: nothing to retry\n',
    });
    await ended('waits', 'succeeded');
    expect((await run('deferrals', 'list')).out).toBe('No events are waiting.\n');
    expect(await provisor.run(['deferrals', 'skip', 'waiting/key'])).toMatchObject({ code: 5 });
  });

  it('a table fits 80 columns whatever the length of a name, and ids stay whole', async () => {
    const name = `Long ${'name '.repeat(40)}`.trim();
    const url = target.url().replace(/\/$/, '') + `/${'path/'.repeat(40)}`;
    await run('handlers', 'create', '--name', name, '--event', 'clients.custom_fields.update', '--url', url);
    await publish('01933a64-0000-7000-8000-00000000000a', '--key', 'table');
    await run('keys', 'create', `${'key '.repeat(24)}x`, '--role', 'viewer');
    for (const args of [['handlers', 'list'], ['events', 'list'], ['audit'], ['keys'], ['executors'], ['rejected']]) {
      const { out } = await provisor.run(args, { columns: 80 });
      const lines = out.trimEnd().split('\n');
      expect(lines.length).toBeGreaterThan(1);
      for (const line of lines) expect(Array.from(line).length).toBeLessThanOrEqual(80);
    }
    const events = await provisor.run(['events', 'list', '--key', 'table'], { columns: 80 });
    expect(events.out).toContain('01933a64-0000-7000-8000-00000000000a');
    expect((await provisor.run(['handlers', 'list', '--wide'], { columns: 80 })).out).toContain(`${name}  `);
    await run('handlers', 'archive', name);
  });

  it('plan shows which handlers would run for an event, and which would not', async () => {
    await run('handlers', 'create', '--name', 'Off', '--event', 'clients.update', '--script', 'off.sh', '--disabled');
    const { out } = await run('events', 'plan', '--type', 'clients.update', '--object-id', '12', '--key', 'k');
    expect(out).toMatch(/^clients\.update 12, partition key k, revision \d+\n/);
    expect(out).toMatch(/ +1 {2}Switch +POST /);
    expect(out).toMatch(/Would not run:\nHANDLER +REASON\nOff +disabled\n$/);
    await run('handlers', 'archive', 'Off');
    const none = await run('events', 'plan', '--type', 'clients.delete', '--object-id', '12');
    expect(none.out).toContain('No handler would run.');
  });

  it('replays are created, listed, shown and canceled', async () => {
    await publish('replayed', '--key', 'replayed');
    await ended('replayed', 'succeeded');
    const made = await run('replays', 'create', 'replayed');
    const [, id] = /^replay (\S+) of event replayed: finished/.exec(made.out) ?? [];
    expect((await run('replays')).out).toMatch(new RegExp(`finished +1/1 +0 +0 +${id!} +replayed$`, 'm'));
    expect((await run('replays', 'show', id!)).out).toMatch(/^status +finished$/m);
    expect((await run('replays', 'cancel', id!)).out).toBe(`replay ${id!}: already finished\n`);
  });

  it('API keys are created, listed without their secret, and revoked', async () => {
    const made = await run('keys', 'create', 'CRM', '--role', 'operator');
    const key = made.out.trim();
    expect(key).toMatch(/^prov_/);
    expect(made.err).toMatch(/^created API key CRM \(operator, id \S+\)/);
    const env = { PROVISOR_API_KEY: key };
    expect(await provisor.run(['overview'], { env })).toMatchObject({ code: 0 });
    expect((await run('keys')).out).toMatch(/^CRM +operator +prov_/m);
    expect((await run('keys')).out).not.toContain(key);
    expect((await run('keys', 'revoke', 'CRM')).out).toBe('CRM: revoked\n');
    expect(await provisor.run(['overview'], { env })).toMatchObject({ code: 4 });
    expect(await provisor.run(['keys', 'revoke', 'CRM'])).toMatchObject({ code: 5 });
    expect((await run('keys')).out).not.toContain('CRM');
    expect((await run('keys', 'list', '--all')).out).toContain('CRM');
  });

  it('audit shows who changed what, field by field on request', async () => {
    await run('handlers', 'create', '--name', 'Audited', '--event', 'clients.create', '--script', 'a.sh');
    await run('handlers', 'disable', 'Audited');
    const list = await run('audit', '--subject', 'Audited');
    expect(list.out).toMatch(/^TIME +ACTOR +ACTION +SUBJECT +SUBJECT ID +ADDRESS$/m);
    expect(list.out).toMatch(/ bootstrap +handler\.update +Audited +/);
    const changes = await run('audit', '--subject', 'Audited', '--action', 'handler.update', '--changes');
    expect(changes.out).toMatch(/handler\.update {2}Audited\n {4}status: "enabled" → "disabled"\n/);
    await run('handlers', 'archive', 'Audited');
  });

  it('overview shows problems and figures', async () => {
    const { out } = await run('overview', '--window', 'day');
    expect(out).toMatch(/^Last day\n {2}events +\d+ received: /m);
    expect(out).toMatch(/^ {2}executors +1 running, catalog revision \d+$/m);
    expect(await provisor.json('overview')).toMatchObject({ window: 'hour', attention: expect.any(Array) });
  });

  it('executors are listed with what they have in force', async () => {
    await installation.inForce();
    const [executor] = await provisor.json<{ upToDate: boolean; partitions: number[] }[]>('executors');
    expect(executor).toMatchObject({ upToDate: true });
    expect((await run('executors')).out).toMatch(/^HOST +PID +VERSION/);
  });

  describe('the registry', () => {
    it('that does not answer, or refuses the key, has an exit code of its own', async () => {
      const env = { PROVISOR_URL: `http://127.0.0.1:${String(await findFreePort())}` };
      const away = await provisor.run(['executors'], { env });
      expect(away).toMatchObject({
        code: 3,
        err: expect.stringMatching(/^error: the registry does not answer: .*ECONNREFUSED/),
      });
      expect(await provisor.run(['executors'], { env: { PROVISOR_API_KEY: 'wrong' } })).toMatchObject({ code: 4 });
      const half = await provisor.run(['executors'], { env: { PROVISOR_URL: '' } });
      expect(half).toMatchObject({ code: 2, err: expect.stringContaining('PROVISOR_URL must be a URL') });
    });

    it('is remembered in contexts, in a file that others should not read', async () => {
      const env = { PROVISOR_URL: '', PROVISOR_API_KEY: '', XDG_CONFIG_HOME: join(folder, 'config') };
      const path = join(folder, 'config/provisor/config.yaml');
      const bare = (args: string[], input = ''): Promise<Ended> => provisor.run(args, { env, input });
      expect((await bare(['executors'])).err).toContain('no registry is configured');
      const inClone = { ...env, PROVISOR_DEV_FILE: join(folder, 'none.json') };
      expect((await provisor.run(['executors'], { env: inClone })).err).toContain('run "npm start" in this clone');
      await bare(
        ['contexts', 'set', 'elsewhere', '--url', `http://127.0.0.1:${String(await findFreePort())}`],
        'some-key\n',
      );
      await bare(['contexts', 'set', 'here', '--url', installation.registryUrl], `${installation.apiKey}\n`);
      expect((await stat(path)).mode & 0o777).toBe(0o600);
      expect((await bare(['executors'])).code).toBe(0);
      expect((await bare(['executors', '--context', 'elsewhere'])).code).toBe(3);
      await bare(['contexts', 'use', 'elsewhere']);
      expect((await bare(['executors'])).code).toBe(3);
      const list = await bare(['contexts']);
      expect(list.out).toMatch(/^\* +elsewhere/m);
      expect(list.out).not.toContain('some-key');
      await chmod(path, 0o644);
      expect((await bare(['contexts', 'list'])).err).toMatch(
        /^warning: other users can read the API keys in .*; run \"chmod 600 .*\"\n$/,
      );
      await bare(['contexts', 'remove', 'elsewhere']);
      expect((await bare(['executors'])).err).toContain('no registry is configured');
      expect((await stat(path)).mode & 0o777).toBe(0o600);
    });
  });

  it('is a process that ends with its exit code', async () => {
    const found = provisor.start(['handlers', 'get', 'Switch']);
    expect(await found.next()).toMatch(/^# id /);
    expect(await found.ended()).toBe(0);
    expect(await provisor.start(['handlers', 'get', 'no such handler']).ended()).toBe(5);
  });

  it('says what is wrong with arguments', async () => {
    expect(await provisor.run(['handlers', 'lst'])).toMatchObject({
      code: 2,
      err: expect.stringContaining('Did you mean list?'),
    });
    expect(await provisor.run(['events', 'list', '--limit', '0'])).toMatchObject({ code: 2 });
    expect(await provisor.run(['--help'])).toMatchObject({ code: 0, out: expect.stringContaining('Exit codes:') });
  });
});
