import { secretContext, secretHeadersOf, secretMark, secretSlots, type HttpTask, type Task } from '#contracts';
import { SecretError, type SecretBox } from '#secrets';
import { marked } from './shown-task.ts';

/** What a handler keeps, as it lies in the table. */
export interface SecretRow {
  readonly id: string;
  readonly name: string;
  readonly task: Task;
  /** By slot, each sealed. */
  readonly secrets: Readonly<Record<string, string>>;
}

/** A row after its secrets were looked through. */
export interface Resealing {
  /** Undefined when it stays as it is. */
  readonly row: SecretRow | undefined;
  /** Sealed for the first time. */
  readonly first: number;
  /** Sealed anew, under the key that seals now. */
  readonly anew: number;
  /** Sealed under that key before. */
  readonly current: number;
  /** They stay as they are. */
  readonly unopened: readonly { readonly slot: string; readonly error: SecretError }[];
}

/** Names of the secret headers that lie in plain text, from before there were seals. */
export function plainHeaders({ task }: Pick<SecretRow, 'task'>): string[] {
  if (task.type !== 'http') return [];
  const secret = secretHeadersOf(task);
  return Object.entries(task.headers)
    .filter(([name]) => secret.includes(name.toLowerCase()))
    .filter(([name, value]) => value !== secretMark || !task.secretHeaders?.includes(name.toLowerCase()))
    .map(([name]) => name);
}

/** Seals what lies in plain text, and leaves the rest alone. */
export function sealPlain(row: SecretRow, box: SecretBox): Resealing {
  const names = plainHeaders(row);
  const nothing = { anew: 0, current: 0, unopened: [] };
  if (names.length === 0) return { ...nothing, row: undefined, first: 0 };
  const task = row.task as HttpTask;
  const sealed = names.map((name) => {
    const slot = secretSlots.header(name);
    return [slot, box.seal(task.headers[name]!, secretContext(row.id, slot))];
  });
  const secretHeaders = secretHeadersOf(task);
  const kept = { ...task, headers: marked(task.headers, secretHeaders), secretHeaders };
  const secrets = { ...row.secrets, ...(Object.fromEntries(sealed) as Record<string, string>) };
  return { ...nothing, row: { ...row, task: kept, secrets }, first: names.length };
}

/** Seals everything under the key that seals now; what does not open stays as it is, and is told. */
export function reseal(row: SecretRow, box: SecretBox): Resealing {
  const { row: sealed = row, first } = sealPlain(row, box);
  const secrets: Record<string, string> = { ...sealed.secrets };
  const unopened: { slot: string; error: SecretError }[] = [];
  const older = Object.keys(secrets).filter((slot) => !box.isCurrent(secrets[slot]!));
  for (const slot of older) {
    const context = secretContext(row.id, slot);
    try {
      secrets[slot] = box.seal(box.open(secrets[slot]!, context), context);
    } catch (error) {
      if (!(error instanceof SecretError)) throw error;
      unopened.push({ slot, error });
    }
  }
  const anew = older.length - unopened.length;
  const current = Object.keys(secrets).length - first - older.length;
  const changed = first + anew > 0;
  return { row: changed ? { ...sealed, secrets } : undefined, first, anew, current, unopened };
}
