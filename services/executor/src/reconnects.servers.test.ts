import { PassThrough } from 'node:stream';
import { expect, it } from '@jest/globals';
import { createLogger } from '#observability';
import { eventually } from '../../../test/support/eventually.ts';
import { forceCloseIn, whereManaged } from '../../../test/support/management.ts';
import { Workbench } from './testing/workbench.ts';

interface Line {
  level: string;
  msg: string;
  connection?: string;
  reason?: string;
}

/** The connections that NestJS holds, as the log names them. */
const ofNest = ['catalog', 'commands'];

whereManaged(it)('a lost connection to RabbitMQ is logged once for each connection, with its cause', async () => {
  const bench = await Workbench.open();
  try {
    const lines: Line[] = [];
    let text = '';
    const stream = new PassThrough().on('data', (chunk: Buffer) => {
      text += chunk.toString();
      const whole = text.split('\n');
      text = whole.pop()!;
      lines.push(...whole.map((line) => JSON.parse(line) as Line));
    });
    await bench.startExecutor({}, createLogger('executor', 'info', stream as unknown as NodeJS.WriteStream));
    lines.length = 0;
    const names = ofNest.map((name) => `provisor ${name}`);
    await forceCloseIn(bench.sandbox.managementUrl!, bench.sandbox.vhost, names);
    const lost = () => lines.filter(({ msg }) => msg === 'connection to RabbitMQ lost; reconnecting');
    // Both are back: what was to be logged has been.
    await eventually(() => lost().length >= ofNest.length || undefined);
    await forceCloseIn(bench.sandbox.managementUrl!, bench.sandbox.vhost, names);
    await eventually(() => lost().length >= 2 * ofNest.length || undefined);
    expect(
      lost()
        .map(({ connection, level, reason }) => [connection, level, reason])
        .sort(),
    ).toEqual(
      [...ofNest, ...ofNest].sort().map((name) => [name, 'warn', expect.stringContaining('CONNECTION_FORCED')]),
    );
    expect(lines.filter(({ level }) => level === 'error')).toEqual([]);
  } finally {
    await bench.close();
  }
});
