// The script host: a process of its own, since starting a program from a large process is slow, and since what goes
// wrong here must not reach the executor. It is given nothing of the executor's but the channel to it, and lives as
// long as that.

import { closeInheritedFiles } from './inherited-files.ts';
import type { ToHost } from './messages.ts';
import { Host } from './host.ts';

closeInheritedFiles();

const host = new Host((message) => {
  // The executor may be gone at any time; what it does not hear, it does not miss.
  if (process.connected) process.send!(message, () => {});
});

process.on('message', (message: ToHost) => host.handle(message));
process.once('disconnect', () => {
  void host.close().then(() => process.exit(0));
});
// A signal from the terminal or the service manager is meant for the executor, which decides when its scripts end.
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => {});
