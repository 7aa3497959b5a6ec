import { execaSync } from 'execa';
import type { EventType, Handler, HandlerInput, Task } from './api.ts';
import type { Registry } from './registry.ts';

/** By this we find the handlers that an earlier demo made. */
const namePrefix = 'Demo';

/** Types that get a script as well, since their events are what usually makes an account somewhere. */
const withScript = new Set(['clients.create', 'clients.accounts.create', 'clients.packages.assign']);

/** The script of `examples/handlers`, in whichever language this machine can run. */
export function exampleScript(): string {
  const python = execaSync('python3', ['--version'], { reject: false });
  return python.exitCode === 0 ? 'create_account.py' : 'create_account.mjs';
}

/**
 * What the demo wants: an HTTP handler for every event type, and for some a script that runs before it.
 */
export function demoHandlers(types: EventType[], script: string, receiverUrl: string): HandlerInput[] {
  const http: Task = { type: 'http', url: receiverUrl, method: 'POST' };
  const runScript: Task = { type: 'script', path: script, args: [], mode: 'once' };
  return types.flatMap(({ id: event }) => {
    const short = event.replace(/^clients\./, '');
    const common = { event, description: 'Made by npm run demo', status: 'enabled' as const };
    const call = { ...common, name: `${namePrefix}: ${short}`, task: http, priority: 2 };
    return withScript.has(event)
      ? [{ ...common, name: `${namePrefix} script: ${short}`, task: runScript, priority: 1 }, call]
      : [call];
  });
}

/** Makes the demo's handlers be exactly `wanted`: those of an earlier demo are changed or archived, never doubled. */
export async function registerHandlers(registry: Registry, wanted: HandlerInput[]): Promise<Handler[]> {
  const existing = new Map((await registry.handlersNamed(namePrefix)).map((handler) => [handler.name, handler]));
  const registered: Handler[] = [];
  for (const handler of wanted) {
    const before = existing.get(handler.name);
    existing.delete(handler.name);
    registered.push(before ? await registry.changeHandler(before, handler) : await registry.createHandler(handler));
  }
  for (const leftOver of existing.values()) await registry.archiveHandler(leftOver);
  return registered;
}
