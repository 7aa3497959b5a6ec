import { parseArgs } from 'node:util';
import { banner } from '../stack/banner.ts';
import { runStack } from '../stack/run-stack.ts';
import { nextSteps } from './next-steps.ts';
import { runDemo } from './run-demo.ts';

// `npm run demo`: the whole product on this machine, shown at work. With `--once` it ends when the events have run,
// with an exit code other than 0 when one of them failed.
const { values } = parseArgs({ options: { once: { type: 'boolean', default: false } } });
const scripts = [process.env['SCRIPTS_DIRS'] ?? './scripts', './examples/handlers'].join(':');

await runStack({ env: { ...process.env, SCRIPTS_DIRS: scripts }, logsToFiles: true }, async (stack, signal) => {
  console.log(banner(stack));
  await runDemo(stack, signal);
  if (values.once) return 0;
  console.log(nextSteps(stack));
  return undefined;
});
