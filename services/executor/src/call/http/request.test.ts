import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from '@jest/globals';
import { execa, execaSync } from 'execa';
import { onlyWhere } from '../../../../../tools/test/only-where.ts';
import { callOf, never } from '../testing/calls.ts';
import { HttpRunner } from './http-runner.ts';

const examples = fileURLToPath(new URL('../../../../../examples/receivers/', import.meta.url));
const hasPython = execaSync('python3', ['--version'], { reject: false }).exitCode === 0;
const ids = ['e-4711', 'é', '%C3%A9', '100 %', ' outer ', 'Заказ 5 ✓😀', 'a+b', '%'];

describe('the id of an event in the header of its call', () => {
  const runner = new HttpRunner();
  afterAll(() => runner.close());

  async function receivedBy(program: string, file: string): Promise<unknown[]> {
    const receiver = execa(program, [examples + file, '--port', '0'], { reject: false });
    const lines = createInterface(receiver.stdout);
    const next = async (): Promise<string> => String((await once(lines, 'line'))[0]);
    try {
      const url = (await next()).replace('listening ', '');
      const received: unknown[] = [];
      for (const id of ids) {
        const call = callOf({ type: 'http', url, method: 'POST', headers: {} });
        const line = next();
        const { outcome } = await runner.run({ ...call, event: { ...call.event, id } }, never);
        expect(outcome).toEqual({ kind: 'success' });
        received.push(JSON.parse(await line).event_id);
      }
      return received;
    } finally {
      receiver.kill('SIGKILL');
      await receiver;
    }
  }

  it('is what the example in Node makes of it', async () => {
    expect(await receivedBy(process.execPath, 'receiver.mjs')).toEqual(ids);
  });

  onlyWhere(
    it,
    hasPython,
    'python3',
  )('is what the example in Python makes of it', async () => {
    expect(await receivedBy('python3', 'receiver.py')).toEqual(ids);
  });
});
