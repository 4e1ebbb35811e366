// Three projects: rules beside their code need no services; everything that needs Postgres, sockets or a sandbox is in test/;
// some of it runs on both logs.
const shared = {
  testEnvironment: '<rootDir>/test/support/environment.mjs',
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: {
          target: 'es2022',
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: false, useDefineForClassFields: false },
        },
        module: { type: 'es6' },
      },
    ],
  },
};

const world = {
  ...shared,
  globalSetup: '<rootDir>/test/support/global-setup.mjs',
  globalTeardown: '<rootDir>/test/support/global-teardown.mjs',
};

export default {
  testTimeout: 30_000,
  // Files of `test/` wait a third of their time, for leases, polls and systems that are down: three of them keep two processors busy.
  maxWorkers: 3,
  testSequencer: '<rootDir>/test/support/sequencer.mjs',
  projects: [
    { ...shared, displayName: 'unit', testMatch: ['<rootDir>/src/**/*.test.ts', '<rootDir>/sandbox/**/*.test.ts'] },
    { ...world, displayName: 'world', testMatch: ['<rootDir>/test/**/*.test.ts'] },
    // Once more with the log in Kafka: nothing that people and systems see may depend on which log it is.
    {
      ...world,
      displayName: 'kafka',
      testMatch: ['products', 'orders', 'orders-customers', 'kill-points', 'four-of-each', 'paused-processes'].map(
        (name) => `<rootDir>/test/flow/${name}.test.ts`,
      ),
      setupFiles: ['<rootDir>/test/support/log-in-kafka.mjs'],
    },
  ],
};
