import { secretContext, secretSlots, taskTraits, type SigningSecret, type Task } from '#contracts';
import { SecretError, type SecretBox } from '#secrets';
import { shapeOf, type TaskShape } from '#templates';
import { spellings } from '../../execute/secret-masking.ts';
import type { SigningKey } from '../../call/call.ts';
import { openedTarget, throughTarget, type OpenedTarget, type SealedTarget } from '../../call/opened-target.ts';
import { taskTypeEntry, type OpenSecret } from '../../call/task-types.ts';

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
  /** There when its calls differ from event to event in more than the event. */
  readonly shape?: Pick<TaskShape, 'render'>;
  readonly hidden: readonly string[];
}

/** A secret of a task, or of a target, that does not open. */
export interface LockedTask {
  readonly slot: string;
  readonly error: SecretError;
}

/**
 * Opens the secrets of a task.
 *
 * @param target Whose address, headers and certificates its calls have.
 */
export function openTask(
  { id, task, secrets, signingSecrets }: SealedTask,
  box: SecretBox,
  target?: OpenedTarget,
): OpenedTask | LockedTask {
  return opening(id, secrets, box, (open) => {
    const opened = taskTypeEntry(task.type).opened(task, open);
    // A handler keeps them while its task is of a type that signs nothing.
    const signedWith = taskTraits[task.type].isSignable ? signingSecrets : [];
    const signing = signedWith.map(({ id, expiresAt }) => signingKey(open(secretSlots.signing(id)), expiresAt));
    const hidden = [...opened.secrets, ...(target?.secrets ?? [])].flatMap((secret) => spellings(secret));
    const whole = target && opened.task.type === 'http' ? throughTarget(opened.task, target) : opened.task;
    const shape = shapeOf(opened.task, whole);
    return { task: whole, ...(signing.length > 0 && { signing }), ...(shape && { shape }), hidden };
  });
}

/** Opens the secrets of a target. */
export function openTarget(
  target: SealedTarget & { readonly secrets: Readonly<Record<string, string>> },
  box: SecretBox,
): OpenedTarget | LockedTask {
  return opening(target.id, target.secrets, box, (open) => openedTarget(target, open));
}

/**
 * Does what needs secrets, or says which of them does not open.
 *
 * @param id Of the handler or target that they belong to.
 * @param secrets By slot, each sealed.
 */
function opening<T>(
  id: string,
  secrets: Readonly<Record<string, string>>,
  box: SecretBox,
  work: (open: OpenSecret) => T,
): T | LockedTask {
  let slot = '';
  const open = (wanted: string): string => {
    slot = wanted;
    return box.open(secrets[slot] ?? '', secretContext(id, slot));
  };
  try {
    return work(open);
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
