import { runStack } from './stack/run-stack.ts';

// `npm run servers`: PostgreSQL and RabbitMQ on this machine, until Ctrl-C, for services that the developer starts and
// restarts.
await runStack({ env: process.env, serversOnly: true }, ({ settingsFile, access }) => {
  console.log(`
servers ready
  settings       ${settingsFile}, which the next two read
  registry       npx nest start registry --watch    will be at ${access.registryUrl}
  executor       npx nest start executor --watch
  stop           Ctrl-C
`);
  return Promise.resolve(undefined);
});
