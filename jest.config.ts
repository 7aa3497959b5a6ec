import { availableParallelism } from 'node:os';
import type { Config } from 'jest';

const config: Config = {
  testMatch: ['<rootDir>/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/dist/', '<rootDir>/.provisor/'],
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.provisor/'],
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
  testEnvironmentOptions: { customExportConditions: ['provisor-source', 'node', 'node-addons'] },
  globalSetup: '<rootDir>/tools/test/global-setup.ts',
  globalTeardown: '<rootDir>/tools/test/global-teardown.ts',
  // Most of a test is waiting for servers: also where there are two cores, two files at a time take two thirds of the time of one.
  maxWorkers: Math.max(2, availableParallelism() - 1),
  testTimeout: 30_000,
};

export default config;
