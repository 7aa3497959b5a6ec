import { Socket, Server } from 'node:net';

/** What keeps a Node process alive: a socket, a server, a child process, a watcher. */
export type Handle = object & {
  hasRef?: () => boolean;
  ref?: unknown;
};

declare const process: NodeJS.Process & {
  /** Not in the types: documented as deprecated, and the only way to the handles themselves. */
  _getActiveHandles(): Handle[];
};

/** The handles that keep this process alive now, without its own streams and channel. */
export function openHandles(): Handle[] {
  return process._getActiveHandles().filter((handle) => !isOurOwn(handle) && keepsAlive(handle));
}

function isOurOwn(handle: Handle): boolean {
  if ([process.stdin, process.stdout, process.stderr].includes(handle as never)) return true;
  if (handle === (process.channel as unknown)) return true;
  const { fd } = handle as { fd?: number };
  return typeof fd === 'number' && fd >= 0 && fd <= 2;
}

function keepsAlive(handle: Handle): boolean {
  const native = (handle as { _handle?: { hasRef?: () => boolean } | null })._handle;
  return (native?.hasRef ?? handle.hasRef)?.call(native ?? handle) ?? true;
}

/** A handle, as a person knows it: `connection to 127.0.0.1:5432`. */
export function nameOf(handle: Handle): string {
  if (handle instanceof Socket) {
    const { remoteAddress, remotePort, localPort, destroyed } = handle;
    if (remoteAddress !== undefined) {
      return `connection to ${remoteAddress}:${String(remotePort)} (from port ${String(localPort)})`;
    }
    return destroyed ? 'socket that is closing' : 'pipe or socket without a peer';
  }
  if (handle instanceof Server) {
    const address = handle.address();
    return `server on ${typeof address === 'object' ? `port ${String(address?.port)}` : address}`;
  }
  if (isProcess(handle)) return `process ${String(handle.pid)}: ${handle.spawnargs.join(' ').slice(0, 200)}`;
  return handle.constructor.name;
}

/** Ends a handle by force. */
export function end(handle: Handle): void {
  if (handle instanceof Socket) handle.destroy();
  else if (handle instanceof Server) handle.close();
  else if (isProcess(handle)) handle.kill('SIGKILL');
  else (handle as { close?: () => void }).close?.();
}

interface Process {
  pid?: number;
  spawnargs: string[];
  kill(signal: NodeJS.Signals): void;
}

/** By its looks: only execa, which starts processes, may load their class. */
function isProcess(handle: object): handle is Process {
  return 'spawnargs' in handle && 'kill' in handle;
}
