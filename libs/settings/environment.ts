import { BadValue, type Parser } from './parsers.ts';

/** Settings that do not fit, every one named with what it should be. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
  readonly code = 'bad_settings';
  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    super(`bad settings:\n${faults.map((fault) => `  ${fault}`).join('\n')}`);
    this.faults = faults;
  }
}

/** Reads settings from an environment and gathers what is wrong with them, so that one start names every fault. */
export class EnvironmentReader {
  readonly #environment: NodeJS.ProcessEnv;
  readonly #faults: string[] = [];

  constructor(environment: NodeJS.ProcessEnv) {
    this.#environment = environment;
  }

  /** The setting's value, or the fallback where it is unset or empty. */
  read<T, F>(name: string, parse: Parser<T>, fallback: F): T | F {
    const value = this.#environment[name]?.trim();
    if (!value) return fallback;
    try {
      return parse(value);
    } catch (error) {
      if (!(error instanceof BadValue)) throw error;
      // The value itself is not repeated: it may be a secret put under the wrong name.
      this.#faults.push(`${name} must be ${error.message}`);
      return fallback;
    }
  }

  /** As {@link read}, for a setting that has no fallback. */
  require<T>(name: string, parse: Parser<T>, example: string): T {
    if (!this.#environment[name]?.trim()) this.#faults.push(`${name} must be set, for example to ${example}`);
    return this.read<T, T>(name, parse, undefined as T);
  }

  /** @throws {SettingsError} When anything that was read does not fit. */
  finish(): void {
    if (this.#faults.length > 0) throw new SettingsError(this.#faults);
  }
}
