import type { Command } from 'commander';

/** A word that can stand somewhere on the command line, and what it does. */
export interface Word {
  readonly word: string;
  readonly description: string;
}

/** A command, as far as a shell has to know it. */
export interface CommandWords {
  /** The words that lead to it, `handlers apply`; of the program itself, none. */
  readonly path: readonly string[];
  readonly commands: readonly Word[];
  /** Those of the program are those of every command. */
  readonly options: readonly Word[];
  /** Options after which the name of a file comes. */
  readonly fileOptions: readonly string[];
}

/** Every command there is, the program first. */
export function commandTree(program: Command): CommandWords[] {
  return walk(program, [], wordsOf(program));
}

function walk(command: Command, path: readonly string[], global: readonly Word[]): CommandWords[] {
  const own = path.length === 0 ? [] : wordsOf(command);
  const help = { word: '--help', description: 'say what there is' };
  const options = [...own, ...global, help];
  const commands = command.commands.map((child) => ({ word: child.name(), description: child.description() }));
  const fileOptions = command.options
    .filter(({ flags }) => flags.includes('<file>'))
    .flatMap(({ short, long }) => [short, long].filter((flag) => flag !== undefined));
  const here: CommandWords = { path, commands, options, fileOptions };
  return [here, ...command.commands.flatMap((child) => walk(child, [...path, child.name()], global))];
}

function wordsOf(command: Command): Word[] {
  return command.options.map(({ long, description }) => ({ word: long!, description }));
}
