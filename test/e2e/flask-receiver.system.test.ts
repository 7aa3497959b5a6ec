import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execa, execaSync } from 'execa';
import { createSandbox, type Sandbox } from '../../tools/test/sandbox.ts';
import { Billing } from '../support/billing.ts';
import { eventually } from '../support/eventually.ts';
import { Installation } from '../support/installation.ts';
import { RecordingTarget } from '../support/recording-target.ts';

const flaskApp = fileURLToPath(new URL('../../examples/receivers/flask_app.py', import.meta.url));

interface Receiver {
  /** `127.0.0.1:5000` */
  address: string;
  stop(): Promise<void>;
}

/** The Flask application of the examples, or where Flask is missing a server that answers as it does. */
async function startReceiver(): Promise<Receiver> {
  const python = ['python3', '/usr/bin/python3'].find(hasFlask);
  if (python !== undefined) return startFlask(python);
  process.stderr.write('Flask is missing, so a server that answers as flask_app.py does is called in its place\n');
  const target = await RecordingTarget.listen();
  target.reply = ({ path, method, body }, response) => {
    const isKnown = path === '/api' && ['GET', 'POST'].includes(method);
    response.writeHead(isKnown ? 200 : 404, { 'content-type': 'application/json' }).end(isKnown ? body : '{}');
  };
  return { address: new URL(target.url()).host, stop: () => target.close() };
}

function hasFlask(python: string): boolean {
  return execaSync(python, ['-c', 'import flask'], { stdio: 'ignore', reject: false }).exitCode === 0;
}

async function startFlask(python: string): Promise<Receiver> {
  const app = execa(python, [flaskApp, '--port', '0'], { reject: false });
  const stop = async (): Promise<void> => {
    app.kill('SIGTERM');
    await app;
  };
  const address = await new Promise<string>((resolve, reject) => {
    let printed = '';
    app.stdout.on('data', (chunk: Buffer) => {
      printed += chunk.toString();
      const [, found] = /^listening http:\/\/(\S+)$/m.exec(printed) ?? [];
      if (found !== undefined) resolve(found);
    });
    void app.then(({ stderr }) => reject(new Error(`flask_app.py ended before it listened: ${stderr}`)));
  });
  return { address, stop };
}

interface Details {
  status: string;
  executions: { handlerName: string; attempts: { response: { http: { status: number; body: string } } }[] }[];
}

describe('the receiver with Flask', () => {
  let sandbox: Sandbox;
  let installation: Installation;
  let receiver: Receiver;

  beforeAll(async () => {
    receiver = await startReceiver();
    sandbox = await createSandbox();
    installation = await Installation.start({ PARTITIONS: '1' }, { sandbox });
    await installation.startExecutor();
  });

  afterAll(async () => {
    await receiver.stop();
    await installation.stop();
    await sandbox.dispose();
  });

  it('answers GET and POST of handlers with the event, at an address that was given without http://', async () => {
    for (const [index, method] of ['GET', 'POST'].entries()) {
      const task = { type: 'http', url: `${receiver.address}/api`, method };
      const handler = { name: method, event: 'clients.balance_zero', task, priority: index + 1 };
      const made = await installation.json<{ task: { url: string } }>('POST', '/handlers', handler);
      expect(made.task.url).toBe(`http://${receiver.address}/api`);
    }
    const billing = await Billing.connect(sandbox.amqpUrl);
    const id = await billing.publish({ type: 'clients.balance_zero', objectId: 12, data: {} });
    await billing.close();

    const { executions } = await eventually(async () => {
      const answer = await installation.call('GET', `/events/${id}`);
      const event = answer.ok ? ((await answer.json()) as Details) : undefined;
      return event?.status === 'succeeded' ? event : undefined;
    });
    expect(executions.map(({ handlerName }) => handlerName)).toEqual(['GET', 'POST']);
    for (const { attempts } of executions) {
      expect(attempts).toHaveLength(1);
      const { status, body } = attempts[0]!.response.http;
      expect(status).toBe(200);
      expect(JSON.parse(body)).toEqual({
        event: { id, dt: expect.any(String), events_id: 'clients.balance_zero', object_id: 12 },
        data: {},
      });
    }
  });
});
