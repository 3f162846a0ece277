/** Who may import whom. The order of the rooms is argued in ARCHITECTURE.md; here it is enforced. */
const ROOMS = [
  'core',
  'runtime',
  'registry',
  'exchange',
  'portfolio',
  'duplicates',
  'compliance',
  'review',
  'inventory',
  'indices',
  'publication',
];
const BELOW = {
  core: [],
  runtime: ['core'],
  registry: ['core', 'runtime'],
  exchange: ['core', 'runtime', 'registry'],
  portfolio: ['core', 'runtime', 'registry'],
  duplicates: ['core', 'runtime', 'registry', 'exchange', 'portfolio'],
  compliance: ['core', 'runtime', 'registry', 'exchange', 'portfolio'],
  review: ['core', 'runtime', 'registry', 'exchange', 'portfolio', 'duplicates', 'compliance'],
  inventory: ['core', 'runtime', 'registry', 'exchange', 'portfolio', 'duplicates', 'compliance'],
};
const FEATURES = ROOMS.filter((room) => room !== 'core' && room !== 'runtime');

/** A room may import itself and the rooms below it. */
const roomRules = Object.entries(BELOW).map(([room, below]) => ({
  name: `${room}-imports-downward`,
  comment: `What ${room} decides must not depend on what is built on top of it; otherwise neither can change alone.`,
  severity: 'error',
  from: { path: `^src/${room}/`, pathNot: '[.]spec[.]ts$' },
  to: { path: '^src/', pathNot: `^src/(${[room, ...below].join('|')})/` },
}));

/** Inside core, the landscape knows nothing of permissions, and nothing of law or likeness. */
const CORE_BELOW = {
  landscape: ['landscape'],
  access: ['landscape', 'access'],
  similarity: ['landscape', 'access', 'similarity'],
  policy: ['landscape', 'access', 'policy'],
};
const coreRules = Object.entries(CORE_BELOW).map(([room, below]) => ({
  name: `core-${room}-imports-downward`,
  comment: 'Each part of core can be read, tested and replaced with only the parts below it in mind.',
  severity: 'error',
  from: { path: `^src/core/${room}/`, pathNot: '[.]spec[.]ts$' },
  to: { path: '^src/core/[^/]+/', pathNot: `^src/core/(${below.join('|')})/` },
}));

module.exports = {
  forbidden: [
    ...roomRules,
    ...coreRules,
    {
      name: 'core-is-pure',
      comment: 'Core is asked the same question years later and must give the same answer: no framework, no I/O.',
      severity: 'error',
      from: { path: '^src/core/', pathNot: '[.]spec[.]ts$' },
      to: {
        dependencyTypesNot: ['local', 'type-only'],
        path: '.',
        pathNot: ['^src/core/', 'node_modules/(graphology|@bufbuild/cel|re2js)'],
      },
    },
    {
      name: 'feature-doors',
      comment:
        'A feature shows module, reader, writer and types; its resolvers, loaders and tables are its own affair.',
      severity: 'error',
      from: { path: `^src/(${FEATURES.join('|')})/`, pathNot: '[.](spec|entity)[.]ts$' },
      to: {
        path: `^src/(${FEATURES.join('|')})/`,
        pathNot: ['^src/$1/', '[.](module|reader|writer|types)[.]ts$'],
      },
    },
    {
      name: 'entities-know-entities',
      comment: 'A foreign key needs the other table; nothing else of another feature.',
      severity: 'error',
      from: { path: `^src/(${FEATURES.join('|')})/.*[.]entity[.]ts$` },
      to: { path: `^src/(${FEATURES.join('|')})/`, pathNot: ['^src/$1/', '[.]entity[.]ts$'] },
    },
    {
      name: 'only-runtime-knows-apollo',
      comment: 'The GraphQL server can be exchanged in one place.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(runtime/|emit-schema[.]ts$)' },
      to: { path: 'node_modules/(@apollo|@nestjs/apollo)/' },
    },
    {
      name: 'web-knows-no-server-code',
      comment: 'The browser sees what every client sees: the schema.',
      severity: 'error',
      from: { path: '^src/web/' },
      to: { path: '^src/', pathNot: '^src/web/' },
    },
    {
      name: 'reference-is-data',
      comment: 'Law and facts are data that loaders read; data imports nothing.',
      severity: 'error',
      from: { path: '^src/reference/' },
      to: { path: '.' },
    },
    {
      name: 'no-cycles',
      comment: 'A cycle is one module in several files.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'nothing-unresolvable',
      comment: 'An import that resolves nowhere is a typing mistake.',
      severity: 'error',
      from: {},
      // Types alone, which this tool does not look for.
      to: { couldNotResolve: true, pathNot: '^@graphql-typed-document-node/core$' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.js', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};
