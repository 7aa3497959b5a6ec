// An executor of nothing but a script runner, in a process of its own, for tests that start it as another user. Runs a
// script as a third one, and prints how that ended.
import { callOf, never } from '../../testing/calls.ts';
import { ScriptRunner } from '../script-runner.ts';

const [folder = '', path = '', uid = ''] = process.argv.slice(2);
const environment = { PATH: process.env['PATH']!, LANG: 'C.UTF-8', TZ: 'UTC', HOME: '/' };
const warnings: string[] = [];
const runner = new ScriptRunner({
  folders: [folder],
  environment,
  account: { uid: Number(uid), gid: Number(uid) },
  warn: (message) => warnings.push(message),
});
const { outcome, response } = await runner.run(callOf({ type: 'script', path, args: [], mode: 'once' }), never);
await runner.close();
process.stdout.write(JSON.stringify({ outcome, stdout: response.script?.stdout, warnings }));
