import { Command, type CommanderError } from 'commander';
import { version } from '#contracts';
import { addCompletion } from './completion/completion.ts';
import { addContexts } from './contexts/contexts.ts';
import { addEvents } from './events/events.ts';
import { addHandlers } from './handlers/handlers.ts';
import { addLogs } from './log/logs.ts';
import { addDeferrals } from './operation/deferrals.ts';
import { addExecutors } from './operation/executors.ts';
import { addRejected } from './rejected/rejected.ts';
import { openSession, type GlobalOptions, type InSession, type Surroundings } from './session.ts';

const environmentHelp = `
Environment:
  PROVISOR_URL, PROVISOR_API_KEY  the registry, and a key for it; both or none
  EDITOR                          what "handlers edit" opens
  NO_COLOR                        no colours; there are none either when the output is no terminal

Exit codes:
  0 done   1 done, and the answer is no   2 wrong arguments or input   3 registry not reachable
  4 not allowed   5 not found   6 conflict   130 interrupted
`;

/** The whole command line. */
export function createProgram(surroundings: Surroundings): Command {
  const { output } = surroundings;
  const program = new Command('provisor')
    .description('Looks after the handlers, events and executors of a Provisor registry')
    .version(version)
    .option('--json', 'print JSON, for programs')
    .option('--context <name>', 'the context of the config file to use')
    .addHelpText('after', environmentHelp)
    .showHelpAfterError('(--help says what there is)')
    .exitOverride(throwIt)
    .configureOutput({
      writeOut: (text) => output.raw(text),
      writeErr: (text) => output.rawNote(text),
    });
  program.hook('preAction', (_program, command) => {
    output.json = command.optsWithGlobals<GlobalOptions>().json ?? false;
  });
  const inSession: InSession =
    (work) =>
    async (...all) => {
      const command = all.at(-1) as Command;
      const session = await openSession(surroundings, command.optsWithGlobals<GlobalOptions>());
      // What commander passes besides stands behind the arguments that the command has declared.
      await work(session, ...(all.slice(0, -1) as never));
    };
  addHandlers(program, inSession);
  addEvents(program, inSession);
  addLogs(program, inSession);
  addDeferrals(program, inSession);
  addRejected(program, inSession);
  addExecutors(program, inSession);
  addContexts(program, surroundings);
  addCompletion(program, surroundings);
  return program;
}

/** What is wrong is told in one place; see main.ts. */
function throwIt(error: CommanderError): never {
  throw error;
}
