import { availableParallelism } from 'node:os';
import type { Config } from 'jest';

type Project = Exclude<NonNullable<Config['projects']>[number], string>;

const folders = ['bench', 'cli', 'libs', 'sdk', 'services', 'test', 'tools'].map((name) => `<rootDir>/${name}`);

const common: Project = {
  roots: folders,
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: {
          target: 'es2024',
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true },
        },
        module: { type: 'es6' },
      },
    ],
  },
  testEnvironment: '<rootDir>/tools/test/environment.ts',
  testEnvironmentOptions: { customExportConditions: ['provisor-source', 'node', 'node-addons'] },
};

const setUp = (file: string): Project => ({
  globalSetup: `<rootDir>/tools/test/${file}`,
  globalTeardown: '<rootDir>/tools/test/tear-down.ts',
});

/** The project that a command of its own has asked for: `npm test` leaves it out. */
// eslint-disable-next-line no-restricted-properties -- set by the npm script, and no setting of a service
const { TEST_ON_REQUEST: requested } = process.env;

/** A browser does not wait for anything, nor do the programs that the scripts of recipes start. */
const keepsProcessorsBusy = requested === 'browser' || requested === 'recipes';

const onRequest: Project[] = [
  /** The console in Chromium, which takes as much processor time as all servers of the other tests. */
  { ...common, displayName: 'browser', testMatch: ['**/*.browser.test.ts'], ...setUp('system-set-up.mjs') },
  /** What takes minutes: fault runs, and what follows the guides in a copy of the clone. */
  { ...common, displayName: 'long', testMatch: ['**/*.long.test.ts'], ...setUp('system-set-up.mjs') },
  /** Servers of many kinds, from packages of Debian besides. */
  { ...common, displayName: 'recipes', testMatch: ['**/*.recipes.test.ts'], ...setUp('recipes-set-up.mjs') },
];

/** A test file says by its name what it needs. What a project needs is started only when one of its files runs. */
const config: Config = {
  projects: [
    {
      ...common,
      displayName: 'unit',
      testMatch: ['**/*.test.ts'],
      testPathIgnorePatterns: ['\\.(servers|system|browser|long|recipes)\\.test\\.ts$'],
    },
    /** PostgreSQL and RabbitMQ. */
    { ...common, displayName: 'servers', testMatch: ['**/*.servers.test.ts'], ...setUp('servers-set-up.ts') },
    /** The same, and the product as it is built. */
    { ...common, displayName: 'system', testMatch: ['**/*.system.test.ts'], ...setUp('system-set-up.mjs') },
    ...onRequest.filter(({ displayName }) => displayName === requested),
  ],
  reporters: [
    'default',
    '<rootDir>/tools/test/slowest-files.ts',
    '<rootDir>/tools/test/open-at-the-end.ts',
    '<rootDir>/tools/test/failed-files.ts',
  ],
  testSequencer: '<rootDir>/tools/test/longest-first.ts',
  // Most of a test is waiting for servers, so that more files run side by side than there are processors.
  maxWorkers: Math.max(keepsProcessorsBusy ? 2 : 5, availableParallelism()),
  testTimeout: keepsProcessorsBusy ? 180_000 : 120_000,
  watchPathIgnorePatterns: ['<rootDir>/(dist|\\.provisor|node_modules)/'],
};

export default config;
