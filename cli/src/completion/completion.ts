import { Argument, type Command } from 'commander';
import { withExamples } from '../help/examples.ts';
import type { Surroundings } from '../session.ts';
import { commandTree } from './command-tree.ts';
import { scripts, shells, type Shell } from './scripts.ts';

/** `provisor completion`: a script with which a shell completes this command line. */
export function addCompletion(program: Command, { output }: Surroundings): void {
  const command = program
    .command('completion')
    .description('Print a completion script for a shell')
    .addArgument(new Argument('<shell>').choices(shells))
    .action((shell: Shell) => output.raw(scripts[shell](commandTree(program))));
  withExamples(command, ['Complete commands in this shell', 'source <(provisor completion bash)']);
}
