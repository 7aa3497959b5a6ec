import type { Command } from 'commander';

/** What a command line is for, and the command line. */
export type Example = readonly [purpose: string, commandLine: string];

/** Adds examples to the end of a command's help, each ready to be copied. */
export function withExamples(command: Command, ...examples: readonly Example[]): Command {
  const lines = examples.map(([purpose, commandLine]) => `  # ${purpose}\n  ${commandLine}\n`);
  return command.addHelpText('after', `\nExamples:\n${lines.join('').trimEnd()}`);
}
