// An executor of nothing but a script runner, in a process of its own, for tests that kill it.
import { callOf, never } from '../../testing/calls.ts';
import { ScriptRunner } from '../script-runner.ts';

const [folder = '', path = ''] = process.argv.slice(2);
const environment = { PATH: process.env['PATH']!, LANG: 'C.UTF-8', TZ: 'UTC', HOME: '/' };
const runner = new ScriptRunner({ folders: [folder], environment });
const call = callOf({ type: 'script', path, args: [], mode: 'once' }, { timeoutMs: 60_000 });
const running = runner.run(call, never);
process.on('message', () => process.send!({ hostPid: runner.hostPid }));
await running;
