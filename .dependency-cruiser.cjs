/** The allowed direction of imports (docs/architecture.md). A lib may use `kernel` and what is listed for it, nothing else. */
const allowedLibs = {
  kernel: [],
  'scim-protocol': [],
  'directory-domain': [],
  'event-store': [],
  platform: [],
  'event-catalog': ['directory-domain', 'event-store'],
  'event-store-sqlite': ['event-store'],
  'event-store-kurrent': ['event-store'],
  'command-handling': ['event-store', 'event-catalog', 'directory-domain'],
  projections: ['event-store', 'event-catalog'],
  'event-relay': [
    'projections',
    'projections-postgres',
    'projections-sqlite',
    'event-catalog',
    'event-store',
    'directory-domain',
  ],
  'projections-postgres': ['projections', 'event-store'],
  'projections-sqlite': ['projections', 'event-store'],
  'directory-view': [
    'projections',
    'projections-postgres',
    'projections-sqlite',
    'event-catalog',
    'event-store',
    'directory-domain',
    'scim-protocol',
  ],
};
const pureLibs = ['kernel', 'scim-protocol', 'directory-domain'];
const tests = '(\\.spec\\.ts$|/testing/)';

const oneWayRules = Object.entries(allowedLibs).map(([lib, uses]) => ({
  name: `${lib}-direction`,
  comment: `${lib} may import only: ${['kernel', ...uses].join(', ')}`,
  severity: 'error',
  from: { path: `^libs/${lib}/`, pathNot: tests },
  to: { path: '^libs/', pathNot: `^libs/(${[lib, 'kernel', ...uses].join('|')})/` },
}));

module.exports = {
  forbidden: [
    ...oneWayRules,
    {
      name: 'pure-libs-do-no-io',
      comment: 'The SCIM language and the domain decide; clocks, drivers, frameworks and Node I/O are handed in.',
      severity: 'error',
      from: { path: `^libs/(${pureLibs.join('|')})/`, pathNot: tests },
      to: { dependencyTypes: ['core', 'npm', 'npm-dev', 'npm-optional', 'npm-peer', 'npm-no-pkg'] },
    },
    {
      name: 'nest-stays-at-the-edge',
      comment: 'Only the apps and libs/platform know the framework.',
      severity: 'error',
      from: { path: '^libs/', pathNot: '^libs/platform/' },
      to: { path: 'node_modules/@nestjs/' },
    },
    {
      name: 'no-lib-imports-an-app',
      comment: 'Apps are the composition roots.',
      severity: 'error',
      from: { path: '^libs/' },
      to: { path: '^apps/' },
    },
    {
      name: 'examples-are-strangers',
      comment: 'They stand for programs of others, who have the published contract and nothing else of ours.',
      severity: 'error',
      from: { path: '^examples/', pathNot: tests },
      to: { path: '^(apps|libs)/' },
    },
    {
      name: 'apps-are-independent',
      comment:
        'Only standalone composes other apps, soak, which puts the simulator on a benchmarked server, and operator, which asks ' +
        'for what the others keep.',
      severity: 'error',
      from: { path: '^apps/([^/]+)/', pathNot: '^apps/(standalone|soak|operator)/' },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    {
      name: 'libs-are-entered-through-their-index',
      comment: 'Deep imports tie a caller to the inside of a lib.',
      severity: 'error',
      from: { path: '^(libs|apps)/([^/]+)/' },
      to: { path: '^libs/', pathNot: ['^$1/$2/', '^libs/[^/]+/src/(index|testing/index)\\.ts$'] },
    },
    {
      name: 'shipped-code-does-not-import-tests',
      severity: 'error',
      from: { pathNot: ['\\.spec\\.ts$', '/testing/', '^test/'] },
      to: { path: ['\\.spec\\.ts$', '/testing/', '^test/'] },
    },
    {
      name: 'shipped-code-imports-what-is-shipped',
      comment:
        'deploy/Dockerfile leaves out development dependencies, and what package.json does not list is there by chance.',
      severity: 'error',
      from: { path: '^(apps|libs|examples)/', pathNot: tests },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'] },
    },
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'no-unresolved', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { conditionNames: ['source', 'import', 'node', 'default'], exportsFields: ['exports'] },
  },
};
