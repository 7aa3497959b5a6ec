import { BadValue } from './parsers.ts';
import type { Setting } from './setting.ts';

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

  /** The setting's value, or its default where it is unset or empty. */
  read<T>(setting: Setting<T> & { readonly default: string }): T;
  read<T>(setting: Setting<T>): T | undefined;
  read<T>(setting: Setting<T>): T | undefined {
    const fallback = setting.default === undefined ? undefined : setting.parse(setting.default);
    const value = this.#textOf(setting);
    if (!value) return fallback;
    try {
      return setting.parse(value);
    } catch (error) {
      if (!(error instanceof BadValue)) throw error;
      this.#faults.push(`${setting.name} must be ${error.message}${shown(setting, value)}`);
      return fallback;
    }
  }

  /** As {@link read}, for a setting that has to be there. */
  require<T>(setting: Setting<T> & { readonly example: string }): T {
    if (!this.#textOf(setting)) this.#faults.push(`${setting.name} must be set, for example to ${setting.example}`);
    return this.read<T>(setting) as T;
  }

  /** Adds a fault of settings that are valid alone and contradict each other. */
  refuse(fault: string): void {
    this.#faults.push(fault);
  }

  /** @throws {SettingsError} When anything that was read does not fit. */
  finish(): void {
    if (this.#faults.length > 0) throw new SettingsError(this.#faults);
  }

  #textOf({ name }: Setting): string | undefined {
    return this.#environment[name]?.trim();
  }
}

/** Keys, tokens and paths to them are longer. */
const mostShown = 30;

/**
 * The invalid value, for the message. Values of secret settings are never shown, nor any that could be a secret under
 * the wrong name: a URL with a password, or a text as long as a key.
 */
function shown({ secret }: Setting, value: string): string {
  if (secret || value.length > mostShown || value.includes('@')) return '';
  return `; it is ${JSON.stringify(value)}`;
}
