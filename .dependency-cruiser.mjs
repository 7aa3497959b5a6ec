/** The directions of imports. Each rule says why it is there. */
const service = '^services/([^/]+)/';

const onlyIn = (name, packagePattern, allowed, comment) => ({
  name,
  comment,
  severity: 'error',
  from: { path: '^(services|libs|tools|test|bench)/', pathNot: allowed },
  to: { path: packagePattern },
});

export default {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'Two files that need each other are one idea in two places, and load in an order nobody chose.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-service-to-service',
      comment: 'Services meet over the broker and the database only, so that each can be deployed alone.',
      severity: 'error',
      from: { path: service },
      to: { path: '^services/', pathNot: '^services/$1/' },
    },
    {
      name: 'libs-know-no-service',
      comment: 'Imports go one way, from services to libs.',
      severity: 'error',
      from: { path: '^libs/', pathNot: '(\\.test\\.ts$|/testing/)' },
      to: { path: '^(services|tools|test|bench)/' },
    },
    {
      name: 'lib-tests-know-no-service',
      comment: 'Tests of a lib run on the servers of the test run, and on nothing else of ours.',
      severity: 'error',
      from: { path: '^libs/.*(\\.test\\.ts$|/testing/)' },
      to: { path: '^(services|tools|test|bench)/', pathNot: '^(tools/test|test/support)/' },
    },
    {
      name: 'contracts-import-nothing-of-ours',
      comment: 'What goes over a wire must be readable, and usable by others, without the rest.',
      severity: 'error',
      from: { path: '^libs/contracts/' },
      to: { path: '^(libs/(?!contracts)|services|tools|test|bench)|node_modules/(@nestjs|typeorm|pg|amqplib)/' },
    },
    {
      name: 'broker-knows-no-billing-words',
      comment: 'The wrapper of the AMQP client is of use for any message.',
      severity: 'error',
      from: { path: '^libs/broker/', pathNot: '\\.test\\.ts$' },
      to: { path: '^libs/(?!broker)' },
    },
    {
      name: 'secrets-use-nothing-but-node',
      comment: 'What holds the keys is small enough to be read in one go, and nothing that is installed sees them.',
      severity: 'error',
      from: { path: '^libs/secrets/', pathNot: '\\.test\\.ts$' },
      to: { path: '^(libs/(?!secrets)|services|tools|test|bench|node_modules)', pathNot: '^node_modules/@types/' },
    },
    {
      name: 'libs-through-their-index',
      comment: 'What a lib offers is what its index.ts names; the rest may change unseen.',
      severity: 'error',
      from: { path: '^(services|tools|test|bench)/' },
      to: { path: '^libs/[^/]+/(?!index\\.ts$)' },
    },
    {
      name: 'runners-know-only-the-port',
      comment: 'A runner calls the outside; who calls the runner, and what for, is not its business.',
      severity: 'error',
      from: { path: '^services/executor/src/runners/' },
      to: { path: '^services/executor/src/(?!runners/|dispatch/(runner|outcome)\\.ts$)' },
    },
    {
      name: 'console-runs-in-a-browser',
      comment: 'It knows the services by the API alone; of ours it may use what goes over a wire, and nothing of Node.',
      severity: 'error',
      from: { path: '^services/console/src/', pathNot: '\\.test\\.ts$' },
      to: { path: '^(services/(?!console/)|libs/(?!contracts/)|tools|test|bench)' },
    },
    {
      name: 'console-has-no-node',
      comment: 'A browser has none.',
      severity: 'error',
      from: { path: '^services/console/src/', pathNot: '\\.test\\.ts$' },
      to: { dependencyTypes: ['core'] },
    },
    onlyIn(
      'browser-packages-in-console',
      '^node_modules/(react|react-dom|@mantine|@tanstack|openapi-fetch)/',
      '^services/console/',
      'What the console is built with is not there when a service runs.',
    ),
    {
      name: 'dispatch-knows-no-runner',
      comment: 'The dispatcher sees the Runner port; which runners exist is wired in the root module.',
      severity: 'error',
      from: { path: '^services/executor/src/dispatch/' },
      to: { path: '^services/executor/src/runners/' },
    },
    {
      name: 'tools-know-no-service',
      comment: 'The developer commands use the product as its users do: processes, REST and messages.',
      severity: 'error',
      from: { path: '^tools/' },
      to: { path: '^services/' },
    },
    onlyIn(
      'amqplib-in-broker',
      '^node_modules/amqplib/',
      '^(libs/broker|tools|test|bench)/',
      'Recovery, confirms and acknowledgement have one home. Tools and tests publish as billing would.',
    ),
    onlyIn(
      'undici-in-runners',
      '^node_modules/undici/',
      '^(services/executor/src/runners|tools|test|bench)/',
      'Calls to targets go through one guarded client.',
    ),
    {
      name: 'script-host-stands-alone',
      comment:
        'It is small because it loads nothing; its own process has the executor at the other end of a channel only.',
      severity: 'error',
      from: { path: '^services/executor/src/runners/script/host/' },
      to: {
        path: '^(services|libs|node_modules)/',
        pathNot: '^services/executor/src/runners/(script/host/|error-code\\.ts$)|^node_modules/@types/',
      },
    },
    {
      name: 'nothing-undeclared',
      comment: 'A package that is used is named in package.json.',
      severity: 'error',
      from: {},
      to: { dependencyTypes: ['unknown', 'undetermined', 'npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'nothing-unresolvable',
      comment: 'An import that resolves nowhere fails when it is loaded.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'no-orphans',
      comment: 'A module that nobody imports and that starts nothing is no longer used.',
      severity: 'error',
      from: {
        orphan: true,
        pathNot:
          '(\\.test\\.ts|/main\\.ts|\\.config\\.ts|\\.d\\.ts)$|^(tools|test|bench|examples|services/console/public)/',
      },
      to: {},
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['provisor-source', 'import', 'node', 'default'],
    },
  },
};
