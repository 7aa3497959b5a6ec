import type { Command } from 'commander';
import { createRegistryClient, type RegistryClient } from '#sdk';
import { version } from '#contracts';
import { findConnection } from './connection/connection.ts';
import type { Input } from './input/read-input.ts';
import type { Output } from './output/output.ts';

/** What a command gets from outside. */
export interface Surroundings {
  readonly environment: NodeJS.ProcessEnv;
  readonly input: Input;
  readonly output: Output;
  /** Ctrl-C. */
  readonly signal: AbortSignal;
}

export interface GlobalOptions {
  json?: boolean;
  wide?: boolean;
  context?: string;
}

/** One run of a command against a registry. */
export interface Session extends Surroundings {
  readonly client: RegistryClient;
}

/** Wraps the work of a command, so that it gets a session before its arguments and options. */
export type InSession = <Args extends unknown[]>(
  work: (session: Session, ...args: Args) => Promise<void>,
) => (...args: [...Args, Command]) => Promise<void>;

/** @throws {UsageError} When no registry is configured. */
export async function openSession(surroundings: Surroundings, { context }: GlobalOptions): Promise<Session> {
  const { environment, output, signal } = surroundings;
  const connection = await findConnection(environment, context, (text) => output.note(text));
  const client = createRegistryClient({
    ...connection,
    userAgent: `provisor-cli/${version}`,
    fetch: (request) => fetch(request, { signal }),
  });
  return { ...surroundings, client };
}
