import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { banner } from '../stack/banner.ts';
import { runStack } from '../stack/run-stack.ts';
import { nextSteps } from './next-steps.ts';
import { runDemo } from './run-demo.ts';
import { scriptFolder } from './telecom/exchange.ts';
import { runTelecom } from './telecom/run-telecom.ts';

// `npm run demo`: the whole product on this machine, shown at work. With `--telecom` it is shown with Kamailio, and
// telephone calls. With `--once` it ends when the events have run, with an exit code other than 0 when one of them
// failed.
const { values } = parseArgs({
  options: { once: { type: 'boolean', default: false }, telecom: { type: 'boolean', default: false } },
});
const own = values.telecom
  ? await scriptFolder(fileURLToPath(new URL('../..', import.meta.url)))
  : './examples/handlers';
const scripts = [process.env['SCRIPTS_DIRS'] ?? './scripts', own].join(':');

await runStack({ env: { ...process.env, SCRIPTS_DIRS: scripts }, logsToFiles: true }, async (stack, signal) => {
  console.log(banner(stack));
  if (values.telecom) await runTelecom(stack, signal, { scripts: own, once: values.once });
  else await runDemo(stack, signal);
  if (values.once) return 0;
  if (!values.telecom) console.log(nextSteps(stack));
  return undefined;
});
