/** Unit and integration tests live beside the code, cross-app scenarios in test/. */
export default {
  testEnvironment: 'node',
  globalSetup: '<rootDir>/test/run/begin.mjs',
  globalTeardown: '<rootDir>/test/run/end.mjs',
  roots: ['<rootDir>/apps', '<rootDir>/libs', '<rootDir>/test', '<rootDir>/examples'],
  testMatch: ['**/*.unit.spec.ts', '**/*.int.spec.ts', '**/*.e2e.spec.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: {
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true },
          target: 'es2024',
          keepClassNames: true,
        },
        module: { type: 'es6' },
        sourceMaps: 'inline',
      },
    ],
  },
  moduleNameMapper: {
    '^#([a-z-]+)/testing$': '<rootDir>/libs/$1/src/testing/index.ts',
    '^#([a-z-]+)$': '<rootDir>/libs/$1/src/index.ts',
    '^(\\.{1,2}/.*)\\.js$': '$1',
  },
  // Most of a scenario's time is the server's, in a process of its own; with one worker less than cores CI would run in one.
  maxWorkers: '100%',
  testTimeout: 60_000,
};
