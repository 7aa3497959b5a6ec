import { secretContext, secretMark, type FieldError, type Task } from '#contracts';
import type { SecretBox } from '#secrets';

/** What of a handler is kept. */
export interface Kept<T extends Task = Task> {
  readonly task: T;
  /** By slot, each sealed. */
  readonly secrets: Readonly<Record<string, string>>;
}

export interface Keeping {
  readonly handlerId: string;
  readonly box: SecretBox;
  /** What is kept now; undefined for a handler that is new. */
  readonly current?: Kept;
}

/** One secret of a task, as given in a request. */
export interface GivenSecret {
  readonly slot: string;
  /** `***` for the one that is kept. */
  readonly value: string;
  /** Where an error points when the value cannot be kept. */
  readonly field: string;
  /** Where an error points when nothing is kept, and how it begins there. */
  readonly unkept: { readonly field: string; readonly subject?: string };
}

/** Seals the secrets that were given, takes over those that are to stay, and gathers what is wrong with either. */
export class KeptSecrets {
  readonly #keeping: Keeping;
  readonly #moved: boolean;
  readonly sealed: Record<string, string> = {};
  readonly faults: FieldError[] = [];

  /** @param moved True when the task calls elsewhere than before: then what is kept must not go there unseen. */
  constructor(keeping: Keeping, moved: boolean) {
    this.#keeping = keeping;
    this.#moved = moved;
  }

  add(secret: GivenSecret): void {
    if (secret.value === secretMark) this.#stay(secret);
    else this.#seal(secret);
  }

  #stay({ slot, unkept }: GivenSecret): void {
    const kept = this.#keeping.current?.secrets[slot];
    if (kept === undefined) {
      this.#refuse(unkept, `is ${secretMark}, which stands for a stored secret, but none is stored`);
    } else if (this.#moved) {
      this.#refuse(unkept, 'must be given again, because the URL has another origin');
    } else {
      this.sealed[slot] = kept;
    }
  }

  #seal({ slot, value, field }: GivenSecret): void {
    const { box, handlerId } = this.#keeping;
    if (box.keyId === undefined) {
      this.faults.push({
        field,
        message: 'is a secret and cannot be stored: set SECRETS_KEY for the registry and the executors',
      });
    } else {
      this.sealed[slot] = box.seal(value, secretContext(handlerId, slot));
    }
  }

  #refuse({ field, subject }: GivenSecret['unkept'], fault: string): void {
    this.faults.push({ field, message: subject === undefined ? fault : `${subject} ${fault}` });
  }
}
