import { secretContext, secretSlots, taskTraits, type SigningSecret, type Task } from '#contracts';
import { SecretError, type SecretBox } from '#secrets';
import { spellings } from '../../execute/secret-masking.ts';
import type { SigningKey } from '../../call/call.ts';
import { taskTypeEntry } from '../../call/task-types.ts';

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

/** Opens the secrets of a task. */
export function openTask({ id, task, secrets, signingSecrets }: SealedTask, box: SecretBox): OpenedTask | LockedTask {
  let slot = '';
  const open = (wanted: string): string => {
    slot = wanted;
    return box.open(secrets[slot] ?? '', secretContext(id, slot));
  };
  try {
    const opened = taskTypeEntry(task.type).opened(task, open);
    // A handler keeps them while its task is of a type that signs nothing.
    const signedWith = taskTraits[task.type].isSignable ? signingSecrets : [];
    const signing = signedWith.map(({ id, expiresAt }) => signingKey(open(secretSlots.signing(id)), expiresAt));
    const hidden = opened.secrets.flatMap((secret) => spellings(secret));
    return { task: opened.task, ...(signing.length > 0 && { signing }), hidden };
  } catch (error) {
    if (error instanceof SecretError) return { slot, error };
    throw error;
  }
}

/** Standard Webhooks: the key is what base64 says after the prefix. */
function signingKey(text: string, expiresAt: string | null): SigningKey {
  const key = Buffer.from(text.replace(/^whsec_/, ''), 'base64');
  return { key, expiresAt: expiresAt === null ? null : new Date(expiresAt) };
}
