import { PassThrough } from 'node:stream';
import type { Command } from 'commander';
import { Output } from '../../cli/src/output/output.ts';
import { createProgram } from '../../cli/src/program.ts';
import { code, page, plain, table } from './markdown.ts';

const begin = '<!-- made by npm run docs: what is to be different here is changed in cli/ -->';
const end = '<!-- end of what is made -->';

/** docs/command-line.md: what is written by hand, and between the marks every command with its options. */
export function commandLine(document: string): string {
  const [before, rest = ''] = document.split(begin);
  const after = rest.split(end)[1];
  if (after === undefined) throw new Error(`docs/command-line.md needs a line ${begin} and after it ${end}`);
  return `${before!}${page(begin, reference(), end).trimEnd()}${after}`;
}

function reference(): string {
  // Only looked at: it says nothing, and runs nothing.
  const output = new Output(new PassThrough(), new PassThrough());
  const signal = new AbortController().signal;
  const program = createProgram({ environment: {}, input: new PassThrough(), output, signal });
  return page('Of every command:', optionTable(program), ...commandsOf(program).map(commandText));
}

/** Those that do something, at any depth. */
function commandsOf(command: Command): Command[] {
  const isGroup = command.commands.length > 0 && command.registeredArguments.length === 0;
  const own = command.parent && !(isGroup && command.options.length === 0) ? [command] : [];
  return [...own, ...command.commands.flatMap(commandsOf)];
}

function commandText(command: Command): string {
  const names: string[] = [];
  for (let at: Command | null = command; at; at = at.parent) names.unshift(at.name());
  return page(
    `### ${names.slice(1).join(' ')}`,
    `${code(`${names.join(' ')} ${command.usage()}`)}: ${plain(command.description())}.`,
    optionTable(command),
  );
}

function optionTable({ options }: Command): string {
  if (options.length === 0) return '';
  const rows = options.map(({ flags, description, defaultValue }) => {
    const fallback = defaultValue === undefined ? '' : `. Default: ${code(String(defaultValue))}`;
    return [code(flags), plain(description) + fallback];
  });
  return table(['option', 'what it says'], rows);
}
