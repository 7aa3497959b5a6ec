import {
  secretContext,
  secretHeadersOf,
  secretMark,
  secretSlots,
  type HttpTask,
  type SigningSecret,
  type Task,
} from '#contracts';
import { SecretError, type SecretBox } from '#secrets';
import { spellings } from '../dispatch/concealment.ts';
import type { SigningKey } from '../dispatch/runner.ts';

/** A task as the database has it, and what it keeps apart. */
export interface SealedTask {
  /** Of the handler. */
  readonly id: string;
  readonly task: Task;
  /** By slot, each sealed. */
  readonly secrets: Readonly<Record<string, string>>;
  readonly signingSecrets: readonly SigningSecret[];
}

/** A task with its secrets in their places. */
export interface OpenedTask {
  readonly task: Task;
  /** What its calls are signed with; absent where they are not. */
  readonly signing?: readonly SigningKey[];
  readonly hidden: readonly string[];
}

/** A secret of a task that does not open. */
export interface LockedTask {
  readonly slot: string;
  readonly error: SecretError;
}

/** Opens the secrets of a task. Headers that are kept in plain text, from before there were seals, are secret all the same. */
export function openTask({ id, task, secrets, signingSecrets }: SealedTask, box: SecretBox): OpenedTask | LockedTask {
  if (task.type !== 'http') return { task, hidden: [] };
  let slot = '';
  const open = (wanted: string): string => {
    slot = wanted;
    return box.open(secrets[slot] ?? '', secretContext(id, slot));
  };
  try {
    const opened = withSecrets(task, open);
    const signing = signingSecrets.map(({ id, expiresAt }) => signingKey(open(secretSlots.signing(id)), expiresAt));
    const hidden = secretHeadersOf(task).flatMap((name) => spellings(headerValue(opened, name)));
    return { task: opened, ...(signing.length > 0 && { signing }), hidden };
  } catch (error) {
    if (error instanceof SecretError) return { slot, error };
    throw error;
  }
}

function withSecrets(task: HttpTask, open: (slot: string) => string): HttpTask {
  const secret = new Set(task.secretHeaders);
  const headers = Object.entries(task.headers).map(([name, value]) => {
    const isSealed = value === secretMark && secret.has(name.toLowerCase());
    return [name, isSealed ? open(secretSlots.header(name)) : value];
  });
  const { tls } = task;
  return {
    ...task,
    headers: Object.fromEntries(headers) as Record<string, string>,
    ...(tls?.key !== undefined && { tls: { ...tls, key: open(secretSlots.tlsKey) } }),
  };
}

/** Standard Webhooks: the key is what base64 says after the prefix. */
function signingKey(text: string, expiresAt: string | null): SigningKey {
  const key = Buffer.from(text.replace(/^whsec_/, ''), 'base64');
  return { key, expiresAt: expiresAt === null ? null : new Date(expiresAt) };
}

function headerValue({ headers }: HttpTask, lowerCased: string): string {
  return Object.entries(headers).find(([name]) => name.toLowerCase() === lowerCased)?.[1] ?? '';
}
