import { createServer, type AddressInfo, type Server } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { eventually } from '../../../test/support/eventually.ts';
import { Workbench } from './testing/workbench.ts';

const event = 'clients.update';
const count = 1_000;
/** What attackers write into the fields of a request, and anything else. */
const hostile = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      ...[
        '/',
        '..',
        '.',
        '%2e%2e',
        '?',
        '#',
        '&',
        '=',
        '+',
        ';',
        '@',
        ':',
        '\\',
        '\r\n',
        '\n',
        '\0',
        '"',
        "'",
        '<',
        '>',
      ],
      ...[
        '{{ data.b }}',
        '}}',
        '","x":"',
        '\r\nX-Evil: 1',
        '\r\n\r\nGET / HTTP/1.1',
        '\u2028',
        '\u202e',
        'e\u0301',
        '😀',
      ],
    ),
  },
  fc.string({ unit: 'binary', maxLength: 6 }).map((text) => text.toWellFormed()),
);
const text = fc.array(hostile, { maxLength: 4 }).map((parts) => parts.join(''));
const value = fc.oneof(
  { weight: 3, arbitrary: text },
  fc.constantFrom<unknown>(true, null, 1e21, -0, 1.5, [1, '/'], { a: '"' }, Number.MAX_SAFE_INTEGER),
);

/** A request, as received. */
interface Wire {
  readonly line: string;
  readonly headers: readonly string[];
  readonly body: string;
}

describe('values of events, on the wire', () => {
  let bench: Workbench;
  let server: Server;
  const requests: Wire[] = [];

  beforeAll(async () => {
    bench = await Workbench.open();
    server = createServer((socket) => {
      let read = Buffer.alloc(0);
      socket.on('error', () => undefined);
      socket.on('data', (part) => {
        read = Buffer.concat([read, part]);
        for (;;) {
          const end = read.indexOf('\r\n\r\n');
          if (end === -1) return;
          const [line = '', ...headers] = read.subarray(0, end).toString('latin1').split('\r\n');
          const length = Number(/^content-length: (\d+)$/im.exec(headers.join('\n'))?.[1] ?? 0);
          if (read.length < end + 4 + length) return;
          requests.push({ line, headers, body: read.subarray(end + 4, end + 4 + length).toString() });
          read = read.subarray(end + 4 + length);
          socket.write('HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n');
        }
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    await bench.startExecutor();
  });

  afterAll(async () => {
    await bench.close();
    await new Promise((resolve) => server.close(resolve));
  });

  it('change neither path, parameters, headers nor the members of the body, or nothing is sent', async () => {
    const { port } = server.address() as AddressInfo;
    const url = `http://127.0.0.1:${port}/v1/{{ data.a }}/end?q={{ data.b }}&r=1`;
    const headers = { 'X-Value': '<{{ data.b }}>' };
    const body = '{"id": {{ data.id }}, "a": {{ data.a }}, "b": "{{ data.b }}", "end": 1}';
    const retry = { maxAttempts: 1, schedule: ['1s'] };
    await bench.addHandler({ name: 'wire', event, retry, task: { type: 'http', url, method: 'POST', headers, body } });
    const values = fc.sample(fc.record({ a: value, b: text }), { numRuns: count, seed: 20261129 });
    const billing = await bench.billing();
    await Promise.all(
      values.map((data, id) => billing.publish({ type: event, id: `wire-${id}`, objectId: id, data: { id, ...data } })),
    );
    await eventually(async () => {
      const [{ ended }] = await bench.database.query<[{ ended: number }]>(
        `select count(*)::integer as ended from events where type = $1 and status in ('succeeded', 'failed')`,
        [event],
      );
      return ended === count ? true : undefined;
    }, 120_000);
    const failures = await bench.database.query<{ reason: string }[]>('select distinct reason from failures');
    expect(failures).toEqual([{ reason: 'template_failed' }]);
    const [{ failed }] = await bench.database.query<[{ failed: number }]>(
      'select count(*)::integer as failed from failures',
    );
    expect(requests).toHaveLength(count - failed);
    expect(requests.length).toBeGreaterThan(count / 20);
    const names = new Set(requests.map(({ headers: lines }) => namesIn(lines)));
    expect([...names]).toEqual([expect.stringMatching(/^(?!.*evil).*\bx-value\b/)]);
    for (const { line, headers: lines, body: sent } of requests) {
      const document = JSON.parse(sent) as { id: number; a: unknown; b: string };
      const { a, b } = JSON.parse(JSON.stringify(values[document.id])) as { a: unknown; b: string };
      expect(document).toEqual({ id: document.id, a, b, end: 1 });
      const [, path = '', query = ''] = /^POST (\/v1\/[^/?# ]+\/end)\?([^?# ]*) HTTP\/1\.1$/.exec(line) ?? [line];
      expect([...new URLSearchParams(query)]).toEqual([
        ['q', b],
        ['r', '1'],
      ]);
      if (typeof a === 'string') expect(decodeURIComponent(path.split('/')[2]!)).toBe(a);
      expect(lines.map((each) => each.replace(/^x-value/i, 'x-value'))).toContain(`x-value: <${b}>`);
    }
  }, 180_000);
});

function namesIn(headers: readonly string[]): string {
  return headers
    .map((line) => line.slice(0, line.indexOf(':')).toLowerCase())
    .toSorted()
    .join(' ');
}
