import { Argument, type Command } from 'commander';
import type { Surroundings } from '../session.ts';
import { commandTree } from './command-tree.ts';
import { scripts, shells, type Shell } from './scripts.ts';

/** `provisor completion`: what a shell needs to complete the words of this command line. */
export function addCompletion(program: Command, { output }: Surroundings): void {
  program
    .command('completion')
    .description('print a script that completes commands and options in a shell')
    .addArgument(new Argument('<shell>').choices(shells))
    .action((shell: Shell) => output.raw(scripts[shell](commandTree(program))));
}
