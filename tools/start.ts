import { banner } from './stack/banner.ts';
import { runStack } from './stack/run-stack.ts';

// `npm start`: the whole product on this machine, until Ctrl-C.
await runStack({ env: process.env }, (stack) => {
  console.log(banner(stack));
  return Promise.resolve(undefined);
});
