import { readFileSync, statSync } from 'node:fs';

/** How long the system is not asked again whether the file has changed, milliseconds. */
const restMs = 1_000;

/**
 * A small file that is read again when it has changed. Its calls of the file system do not go through the thread pool.
 */
export class WatchedFile<T extends object> {
  readonly #path: string;
  readonly #parse: (text: string | undefined) => T;
  readonly #now: () => number;
  #lookedAt = Number.NEGATIVE_INFINITY;
  #version: string | undefined;
  #value: T | undefined;

  /**
   * @param parse Gets undefined when there is no file that can be read.
   * @param now Milliseconds.
   */
  constructor(path: string, parse: (text: string | undefined) => T, now: () => number) {
    this.#path = path;
    this.#parse = parse;
    this.#now = now;
  }

  /** What the file says; another object after each change. */
  get value(): T {
    if (this.#value && this.#now() - this.#lookedAt < restMs) return this.#value;
    this.#lookedAt = this.#now();
    const version = versionOf(this.#path);
    if (!this.#value || version !== this.#version) this.#value = this.#parse(textOf(this.#path));
    this.#version = version;
    return this.#value;
  }
}

/** Differs after every change, also after another file was put in its place. */
function versionOf(path: string): string | undefined {
  try {
    const { ino, size, mtimeNs, ctimeNs } = statSync(path, { bigint: true });
    return [ino, size, mtimeNs, ctimeNs].join(' ');
  } catch {
    return undefined;
  }
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
