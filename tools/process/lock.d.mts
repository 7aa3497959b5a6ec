export interface Lock {
  release(): void;
}

export interface LockHolder {
  /** Process id of the living owner. */
  heldBy: number;
  note: string;
}

export function tryLock(path: string, note?: string): Lock | LockHolder;
