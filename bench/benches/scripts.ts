import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Figure, Series } from '../figure.ts';
import { streamOf, type Load, type Stand } from '../stand/stand.ts';

/** Calls of a script at a time, and processes of xargs. */
const atATime = 4;

/** The system's own, where there is one: others are often wrappers, which cost more than what is measured. */
const interpreter = existsSync('/usr/bin/python3') ? '/usr/bin/python3' : '/usr/bin/env python3';

const python = `#!${interpreter}
import json, sys
event = json.load(sys.stdin)
`;
const shell = `#!/bin/sh
read -r event || true # It has no line break at its end.
`;
const pythonStaysUp = `#!${interpreter}
import json, sys
for line in sys.stdin:
    event = json.loads(line)
    print(json.dumps({"execution_id": event["execution_id"], "ok": True}), flush=True)
`;

/** Scripts, a process for each event, beside `xargs -P` with the same script; and one that stays up beside one that does not. */
export async function scripts(stand: Stand): Promise<Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'provisor-bench-'));
  try {
    const files = { 'once.py': python, 'once.sh': shell, 'persistent.py': pythonStaysUp };
    for (const [name, content] of Object.entries(files)) await writeScript(join(folder, name), content);
    return await measured(stand, folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function measured(stand: Stand, folder: string): Promise<Figure[]> {
  const events = stand.quick ? 200 : 1_000;
  const times = stand.quick ? 3 : 5;
  const runs = { python: [], xargsPython: [], shell: [], xargsShell: [], persistent: [] } as Record<string, number[]>;
  for (let turn = 0; turn < times; turn++) {
    stand.say(`scripts: turn ${String(turn + 1)} of ${String(times)}`);
    runs['python']!.push(await product(stand, folder, 'once.py', 'once', events));
    runs['xargsPython']!.push(await xargs(folder, 'once.py', events));
    runs['shell']!.push(await product(stand, folder, 'once.sh', 'once', events));
    runs['xargsShell']!.push(await xargs(folder, 'once.sh', events));
    runs['persistent']!.push(await product(stand, folder, 'persistent.py', 'persistent', events * 10));
  }
  const series = (name: string, of: string): Series => ({ name, runs: runs[of]! });
  const parallel = `${String(atATime)} at a time`;
  return [
    {
      name: `Python, a process for each event, ${parallel}`,
      unit: 'events/s',
      ours: series('provisor', 'python'),
      reference: series(`xargs -P${String(atATime)}`, 'xargsPython'),
      target: { atLeast: 0.8 },
    },
    {
      name: `shell, a process for each event, ${parallel}`,
      unit: 'events/s',
      ours: series('provisor', 'shell'),
      reference: series(`xargs -P${String(atATime)}`, 'xargsShell'),
    },
    {
      name: `Python that stays up, ${parallel}`,
      unit: 'events/s',
      ours: series('provisor', 'persistent'),
      reference: series('a process for each', 'python'),
      target: { atLeast: 10 },
    },
  ];
}

/** Events a second, by the journal: from the beginning of the call after the first tenth until the end of the last one. */
async function product(stand: Stand, folder: string, script: string, mode: string, events: number): Promise<number> {
  const task = { type: 'script', path: join(folder, script), mode };
  await stand.haveHandlers([{ task, maxConcurrency: atATime }]);
  const load: Load = { events, keys: 200, bytes: 500 };
  const stream = streamOf(load);
  await stand.withExecutors(1, { SCRIPTS_DIRS: folder }, async (start) => {
    await stand.publish(stream, undefined, start);
    await stand.journaled(stream, events, events);
  });
  const { rows } = await stand.database.query<{ seconds: number }>(
    `with run as (select started_at, started_at + duration_ms * interval '1 millisecond' as ended_at from attempts
       where event_id like $1),
       warm as (select started_at from run order by started_at offset $2 limit 1)
     select extract(epoch from max(ended_at) - (select started_at from warm))::double precision as seconds from run`,
    [`${stream.run}:%`, Math.floor(events / 10)],
  );
  return (events - Math.floor(events / 10)) / rows[0]!.seconds;
}

/** The same script as often, by the system's own means; each gets an event on its stdin. */
async function xargs(folder: string, script: string, events: number): Promise<number> {
  const event = join(folder, 'event.json');
  await writeFile(event, `${JSON.stringify({ event: { id: 'e' }, data: { filler: 'x'.repeat(400) } })}\n`);
  const command = `seq ${String(events)} | xargs -P${String(atATime)} -I{} sh -c 'exec "$0" < "$1"' "${join(folder, script)}" "${event}"`;
  const start = performance.now();
  await promisify(execFile)('/bin/sh', ['-c', command]);
  return events / ((performance.now() - start) / 1_000);
}

/** As scripts have to be: writable by nobody else. */
async function writeScript(file: string, content: string): Promise<void> {
  await writeFile(file, content);
  await chmod(file, 0o755);
}
