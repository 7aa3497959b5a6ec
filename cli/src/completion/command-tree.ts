import type { Command } from 'commander';

/** A command or an option, and what it does. */
export interface Word {
  readonly word: string;
  readonly description: string;
}

/** A command, with the words that may follow it. */
export interface CommandWords {
  /** Its words, `handlers apply`; none for the program itself. */
  readonly path: readonly string[];
  readonly commands: readonly Word[];
  /** Its own options, and those of the program. */
  readonly options: readonly Word[];
  /** Options that take the name of a file. */
  readonly fileOptions: readonly string[];
}

/** Every command, the program first. */
export function commandTree(program: Command): CommandWords[] {
  return walk(program, [], wordsOf(program));
}

function walk(command: Command, path: readonly string[], global: readonly Word[]): CommandWords[] {
  const own = path.length === 0 ? [] : wordsOf(command);
  const help = { word: '--help', description: 'Show help' };
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
