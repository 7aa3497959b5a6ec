import type { Parser } from './parsers.ts';

export type SettingReader = 'registry' | 'executor' | 'both';

/** One variable of the environment: what it means, and how it is read. `docs/configuration.md` is made from these. */
export interface Setting<T = unknown> {
  readonly name: string;
  /** For people, in Markdown: what it says, and what follows. Links are from `docs/`. */
  readonly about: string;
  readonly parse: Parser<T>;
  /** The value if it is unset or empty, in the form that a user would write. */
  readonly default?: string;
  /** For people: what is so where it is unset, and no default says it. */
  readonly unset?: string;
  /** What it may look like, where it has to be set. */
  readonly example?: string;
  /** Its value gives access to something. */
  readonly secret?: true;
}

/** Settings that belong together, under one heading. */
export interface SettingGroup {
  readonly title: string;
  readonly readBy: SettingReader;
  readonly settings: readonly Setting[];
}

type Declarations = Readonly<Record<string, Omit<Setting, 'name'>>>;
type Named<D extends Declarations> = { readonly [N in keyof D]: D[N] & { readonly name: string } };

/** Gives each declaration its name. */
export function named<const D extends Declarations>(declarations: D): Named<D> {
  const entries = Object.entries(declarations).map(([name, declaration]) => [name, { ...declaration, name }]);
  return Object.fromEntries(entries) as Named<D>;
}
