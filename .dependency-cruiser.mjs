/** The directions of imports. Each rule says why it is there. */
const service = '^services/([^/]+)/';

const onlyIn = (name, packagePattern, allowed, comment) => ({
  name,
  comment,
  severity: 'error',
  from: { path: '^(services|libs|cli|sdk|tools|test|bench)/', pathNot: allowed },
  to: { path: packagePattern },
});

/** The stages of an event's way. Each imports only from those after it; `control` steers them, and knows them all. */
const stages = ['control', 'receive', 'execute', 'defer', 'observe', 'record', 'call'];

const oneWay = stages.slice(1).map((stage, index) => ({
  name: `${stage}-knows-no-earlier-stage`,
  comment: `An event passes the stages in the order ${stages.join(', ')}; imports, those of types included, go the same way.`,
  severity: 'error',
  from: { path: `^services/executor/src/${stage}/`, pathNot: '(\\.test\\.ts$|/testing/)' },
  to: { path: `^services/executor/src/(${stages.slice(0, index + 1).join('|')})/` },
}));

export default {
  forbidden: [
    ...oneWay,
    {
      name: 'no-cycles',
      comment: 'Two files that need each other, if only for a type, are one idea in two places.',
      severity: 'error',
      from: {},
      to: { circular: true },
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
      to: { path: '^libs/(?!broker|collections|retry)' },
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
      from: { path: '^(services|cli|sdk|tools|test|bench)/' },
      to: { path: '^libs/[^/]+/(?!index\\.ts$|generated/)' },
    },
    {
      name: 'sdk-stands-alone',
      comment: 'It is a package that others install: of ours it may hold what goes over a wire, and nothing else.',
      severity: 'error',
      from: { path: '^sdk/', pathNot: '\\.test\\.ts$' },
      to: { path: '^(services|libs/(?!contracts/)|cli|tools|test|bench)' },
    },
    {
      name: 'cli-is-a-client',
      comment: 'It can do what anybody can who has the SDK and a key.',
      severity: 'error',
      from: { path: '^cli/', pathNot: '\\.test\\.ts$' },
      to: { path: '^(services|libs/(?!contracts/)|tools|test|bench)' },
    },
    {
      name: 'clients-are-tested-from-outside',
      comment: 'Their tests run on the servers of the test run; what needs a whole installation is in test/.',
      severity: 'error',
      from: { path: '^(cli|sdk)/.*\\.test\\.ts$' },
      to: { path: '^(services|libs/(?!contracts/)|tools|test|bench)/', pathNot: '^(tools/test|test/support)/' },
    },
    {
      name: 'sdk-through-its-index',
      comment: 'Its users have no other way in; so the command line shows whether that is enough.',
      severity: 'error',
      from: { path: '^(cli|tools|test|bench)/' },
      to: { path: '^sdk/(?!src/(index|publisher)\\.ts$)' },
    },
    {
      name: 'nobody-needs-a-client',
      comment: 'Services are called by clients, and do not call themselves through them.',
      severity: 'error',
      from: { path: '^(services|libs)/' },
      to: { path: '^(cli|sdk)/' },
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
      '^node_modules/(react|react-dom|@mantine|@tanstack)/',
      '^services/console/',
      'What the console is built with is not there when a service runs.',
    ),
    onlyIn(
      'openapi-fetch-in-clients',
      '^node_modules/openapi-fetch/',
      '^(services/console|sdk/src/rest)/',
      'The REST API has one client in a browser and one outside of it.',
    ),
    onlyIn(
      'command-line-packages-in-cli',
      '^node_modules/(commander|yaml)/',
      '^(cli|tools|test|libs/recipes)/',
      'Arguments and files are what people write, and recipes are such files; the rest of the product speaks JSON.',
    ),
    onlyIn(
      'saxes-in-xml',
      '^node_modules/saxes/',
      '^libs/xml/',
      'What XML may declare, and how large it may be, is decided in one place.',
    ),
    {
      name: 'stages-know-no-runner',
      comment: 'They see the Runner port; which runners exist is wired in the root module.',
      severity: 'error',
      from: {
        path: '^services/executor/src/(control|receive|execute|defer|observe|record)/',
        pathNot: '(\\.test\\.ts$|/testing/)',
      },
      to: { path: '^services/executor/src/call/[^/]+/' },
    },
    {
      name: 'tools-know-no-service',
      comment: 'The developer commands use the product as its users do: processes, REST and messages.',
      severity: 'error',
      from: { path: '^tools/' },
      to: { path: '^services/' },
    },
    {
      name: 'orm-in-registry',
      comment:
        'The registry has the entities, and migrates. Executors speak SQL: TypeORM is a sixth of what they would load.',
      severity: 'error',
      from: { path: '^(services/executor|libs/(?!orm/)|cli|sdk)', pathNot: '(\\.test\\.ts$|/testing/)' },
      to: { path: '^(libs/orm|node_modules/typeorm)/', dependencyTypesNot: ['type-only'] },
    },
    onlyIn(
      'amqplib-in-broker',
      '^node_modules/amqplib/',
      '^(libs/broker|sdk/src/publisher|tools|test|bench)/',
      'Recovery, confirms and acknowledgement have one home. The SDK is installed without it; tools and tests publish as billing would.',
    ),
    onlyIn(
      'undici-in-runners',
      '^node_modules/undici/',
      '^(services/executor/src/call|tools|test|bench)/',
      'Calls to targets go through one guarded client.',
    ),
    onlyIn(
      'nodemailer-in-email',
      '^node_modules/nodemailer/',
      '^services/executor/src/call/email/',
      'E-mails go out through one runner, within its deadline.',
    ),
    onlyIn(
      'cel-in-conditions',
      '^node_modules/@marcbachmann/cel-js/',
      '^libs/conditions/',
      'What an expression may call and cost is bounded in one place.',
    ),
    onlyIn(
      'opentelemetry-in-tracing',
      '^node_modules/@opentelemetry/',
      '^libs/observability/tracing/',
      'What makes spans is loaded only where traces are on; the types of the API come from #observability.',
    ),
    {
      name: 'execa-starts-processes',
      comment:
        'Output, ends and failures of processes are handled in one way. Only what runs before the packages are installed has no execa.',
      severity: 'error',
      from: {
        path: '^(services|libs|cli|sdk|tools|test|bench)/',
        pathNot: '^tools/(run\\.mjs$|run/|process/[^/]+\\.mjs$)',
      },
      to: { path: '^(node:)?child_process$' },
    },
    {
      name: 'script-host-stands-alone',
      comment:
        'It is small because it loads nothing but execa; its own process has the executor at the other end of a channel only.',
      severity: 'error',
      from: { path: '^services/executor/src/call/script/host/' },
      to: {
        path: '^(services|libs|node_modules)/',
        pathNot: '^services/executor/src/call/(script/host/|error-code\\.ts$)|^node_modules/(@types|execa)/',
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
