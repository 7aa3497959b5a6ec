import { Command, type CommanderError, type Help } from 'commander';
import { version } from '#contracts';
import { addAudit } from './audit/audit.ts';
import { addCompletion } from './completion/completion.ts';
import { addContexts } from './contexts/contexts.ts';
import { addEvents } from './events/events.ts';
import { addFailures } from './failures/failures.ts';
import { addHandlers } from './handlers/handlers.ts';
import { withExamples } from './help/examples.ts';
import { addHolds } from './holds/holds.ts';
import { addKeys } from './keys/keys.ts';
import { addLogs } from './log/logs.ts';
import { addDeferrals } from './deferrals/deferrals.ts';
import { addExecutors } from './executors/executors.ts';
import { addNotices } from './notices/notices.ts';
import { addOperations } from './operations/operations.ts';
import { addOverview } from './overview/overview.ts';
import { addRecipes } from './recipes/recipes.ts';
import { addRejected } from './rejected/rejected.ts';
import { addReplays } from './replays/replays.ts';
import { addTargets } from './targets/targets.ts';
import { openSession, type GlobalOptions, type InSession, type Surroundings } from './session.ts';

const environmentHelp = `
Environment:
  PROVISOR_URL      URL of the registry
  PROVISOR_API_KEY  API key; set both variables or neither
  EDITOR            editor for "handlers edit" and "targets edit" (default: vi)
  NO_COLOR          no colors, if set
  COLUMNS           width of tables (default: width of the terminal)

Exit codes:
  0  success                        4  not authenticated or not allowed
  1  the answer is no: differences  5  not found
     found, test failed, …          6  conflict: changed meanwhile, name taken
  2  invalid arguments or input     70 internal error
  3  registry not reachable         130 interrupted
`;

/** The whole command line. */
export function createProgram(surroundings: Surroundings): Command {
  const { output } = surroundings;
  const program = new Command('provisor')
    .description('Manage handlers, follow events and operate Provisor from a terminal.')
    .version(version, '-V, --version', 'Show the version')
    .helpOption('-h, --help', 'Show help')
    .commandsGroup('This program:')
    .helpCommand('help [command]', 'Show help for a command')
    .option('--json', 'Print JSON')
    .option('-w, --wide', 'Show every column of a table, and cut nothing')
    .option('--context <name>', 'Use this context of the config file')
    .showHelpAfterError('Add --help to see the commands and options.')
    .configureHelp({ showGlobalOptions: true, commandUsage, visibleGlobalOptions, subcommandTerm })
    .exitOverride(throwIt)
    .configureOutput({
      writeOut: (text) => output.raw(text),
      writeErr: (text) => output.rawNote(text),
      getOutHelpWidth: () => output.helpWidth,
      getErrHelpWidth: () => output.helpWidth,
    });
  withExamples(
    program,
    ['What needs attention?', 'provisor overview'],
    ['Create a handler that calls a URL for every new client', handlerExample],
    ['Test it with a sample event', "provisor handlers test 'Welcome mail'"],
    ['Which events failed in the last two hours?', 'provisor events list --status failed --from 2h'],
    ['Watch the calls of handlers as they are made', 'provisor logs --follow'],
  );
  program.addHelpText('after', environmentHelp);
  program.hook('preAction', (_program, command) => {
    const { json = false, wide = false } = command.optsWithGlobals<GlobalOptions>();
    output.json = json;
    output.wide = wide;
  });
  const inSession: InSession =
    (work) =>
    async (...all) => {
      const command = all.at(-1) as Command;
      const session = await openSession(surroundings, command.optsWithGlobals<GlobalOptions>());
      // Commander passes its own arguments after those that the command has declared.
      await work(session, ...(all.slice(0, -1) as never));
    };
  program.commandsGroup('Handlers:');
  addHandlers(program, inSession);
  addTargets(program, inSession);
  addHolds(program, inSession);
  addRecipes(program, inSession);
  program.commandsGroup('Events:');
  addEvents(program, inSession);
  addLogs(program, inSession);
  addFailures(program, inSession);
  addDeferrals(program, inSession);
  addOperations(program, inSession);
  addReplays(program, inSession);
  addRejected(program, inSession);
  program.commandsGroup('Operations:');
  addOverview(program, inSession);
  addNotices(program, inSession);
  addExecutors(program, inSession);
  addAudit(program, inSession);
  addKeys(program, inSession);
  program.commandsGroup('This program:');
  addContexts(program, surroundings);
  addCompletion(program, surroundings);
  return program;
}

const handlerExample = `provisor handlers create --name 'Welcome mail' --event clients.create \\
    --url http://127.0.0.1:5000/welcome`;

/** The version is an option of the program itself only. */
function visibleGlobalOptions(this: Help, command: Command): ReturnType<Help['visibleGlobalOptions']> {
  const options = [];
  for (let parent = command.parent; parent; parent = parent.parent) options.push(...parent.options);
  return options.filter(({ long }) => long !== '--version');
}

/** The words of a command, and what may follow them. */
function commandUsage(command: Command): string {
  const names: string[] = [];
  for (let at: Command | null = command; at; at = at.parent) names.unshift(at.name());
  const args = command.commands.length > 0 ? ['<command>'] : argumentTerms(command);
  return [...names, ...args, '[options]'].join(' ');
}

/** A command and its arguments; that it takes options needs no mention. */
function subcommandTerm(command: Command): string {
  return [command.name(), ...argumentTerms(command)].join(' ');
}

function argumentTerms(command: Command): string[] {
  return command.registeredArguments.map((argument) => {
    const name = argument.name() + (argument.variadic ? '...' : '');
    return argument.required ? `<${name}>` : `[${name}]`;
  });
}

/** Errors are reported in one place; see run-program.ts. */
function throwIt(error: CommanderError): never {
  throw error;
}
