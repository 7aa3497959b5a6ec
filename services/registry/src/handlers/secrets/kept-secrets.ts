import { secretContext, secretMark, type FieldError, type Task } from '#contracts';
import type { SecretBox } from '#secrets';
import type { TargetLookup } from '../../targets/target-lookup.ts';

/** What of a handler is kept. */
export interface Kept<T extends Task = Task> {
  readonly task: T;
  /** By slot, each sealed. */
  readonly secrets: Readonly<Record<string, string>>;
}

/** Whose secrets are kept: a handler's or a target's. */
export interface SecretKeeping {
  readonly ownerId: string;
  readonly box: SecretBox;
  /** What is kept now; undefined for an owner that is new. */
  readonly current?: Pick<Kept, 'secrets'>;
}

export interface Keeping extends SecretKeeping {
  readonly current?: Kept;
  readonly targets: TargetLookup;
}

/** One secret of a task or target, as given in a request. */
export interface GivenSecret {
  readonly slot: string;
  /** `***` for the one that is kept. */
  readonly value: string;
  /** Where an error points when the value cannot be kept. */
  readonly field: string;
  /** Where an error points when nothing is kept, and how it begins there. */
  readonly unkept: { readonly field: string; readonly subject?: string };
  /** Why what is kept does not do for this secret, though it may for the others. */
  readonly outdated?: string | undefined;
}

/** Seals the secrets that were given, takes over those that are to stay, and gathers what is wrong with either. */
export class KeptSecrets {
  readonly #keeping: SecretKeeping;
  readonly #moved: boolean;
  readonly sealed: Record<string, string> = {};
  readonly faults: FieldError[] = [];

  /** @param moved True when calls go elsewhere than before: then what is kept must not go there unseen. */
  constructor(keeping: SecretKeeping, moved: boolean) {
    this.#keeping = keeping;
    this.#moved = moved;
  }

  add(secret: GivenSecret): void {
    if (secret.value === secretMark) this.#stay(secret);
    else this.#seal(secret);
  }

  #stay({ slot, unkept, outdated = this.#moved ? 'the URL has another origin' : undefined }: GivenSecret): void {
    const kept = this.#keeping.current?.secrets[slot];
    if (kept === undefined) {
      this.#refuse(unkept, `is ${secretMark}, which stands for a stored secret, but none is stored`);
    } else if (outdated !== undefined) {
      this.#refuse(unkept, `must be given again, because ${outdated}`);
    } else {
      this.sealed[slot] = kept;
    }
  }

  #seal({ slot, value, field }: GivenSecret): void {
    const { box, ownerId } = this.#keeping;
    if (box.keyId === undefined) {
      this.faults.push({
        field,
        message: 'is a secret and cannot be stored: set SECRETS_KEY for the registry and the executors',
      });
    } else {
      this.sealed[slot] = box.seal(value, secretContext(ownerId, slot));
    }
  }

  #refuse({ field, subject }: GivenSecret['unkept'], fault: string): void {
    this.faults.push({ field, message: subject === undefined ? fault : `${subject} ${fault}` });
  }
}
