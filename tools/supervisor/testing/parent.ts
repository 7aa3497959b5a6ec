// A program that keeps two processes, the second with a child that leaves its group, as Erlang's and PostgreSQL's do.
// It prints their pids and the supervisor's, and then waits to be killed. Arguments: the data folder.
import { Supervisor } from '../supervisor.ts';

const dataDir = process.argv[2] ?? '';
const supervisor = await Supervisor.open({ dataDir, log: console.log });
const common = { env: { PATH: process.env['PATH'] }, cwd: '/', output: 'terminal', stopSignal: 'SIGTERM' } as const;
const polite = await supervisor.spawn({ ...common, name: 'polite', command: 'sleep', args: ['600'], graceMs: 5_000 });
const helper = `require('child_process').spawn('sleep', ['600'], { detached: true, stdio: 'ignore' })`;
const stubborn = await supervisor.spawn({
  ...common,
  name: 'stubborn',
  command: process.execPath,
  args: ['-e', `process.on('SIGTERM', () => {}); console.log('helper', ${helper}.pid); setInterval(() => {}, 1e6)`],
  graceMs: 300,
});
console.log('supervisor', supervisor.pid);
console.log('polite', polite.pid);
console.log('stubborn', stubborn.pid);
