// The directions between rooms; docs/architecture.md draws them.
const ROOMS = '^main/([^/]+)/';
/** What an entry reads before, or instead of, loading the room behind it. */
const DOORS = '^main/[^/]+/(process-messages|database-module|worker-entry)\\.ts$';

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } } },
    {
      name: 'shared-imports-nothing-of-ours',
      severity: 'error',
      from: { path: '^shared/' },
      to: { path: '^(main|renderer|registry|test|scripts)/' },
    },
    { name: 'shared-is-pure', severity: 'error', from: { path: '^shared/' }, to: { dependencyTypes: ['core'] } },
    {
      name: 'window-knows-shared-only',
      comment: 'The window reaches the core through window.kense.',
      severity: 'error',
      from: { path: '^renderer/' },
      to: { path: '^(main|registry|test|scripts)/' },
    },
    {
      name: 'window-has-no-node',
      comment: 'The script that writes the theme ahead of time runs on the machine of a developer.',
      severity: 'error',
      from: { path: '^renderer/', pathNot: '^renderer/ui/theme/write-theme-css\\.ts$' },
      to: { dependencyTypes: ['core'] },
    },
    { name: 'main-never-imports-the-window', severity: 'error', from: { path: '^main/' }, to: { path: '^renderer/' } },
    {
      name: 'registry-shares-the-protocol-only',
      severity: 'error',
      from: { path: '^registry/' },
      to: { path: '^(main|renderer|test|scripts)/|^shared/(?!registry/|domain/|result\\.ts$|errors\\.ts$)' },
    },
    {
      name: 'registry-is-started-by-entries',
      comment: 'Everyone else speaks to it over HTTP.',
      severity: 'error',
      from: { path: '^main/', pathNot: '^main/cli/' },
      to: { path: '^registry/' },
    },
    {
      name: 'registry-by-its-index',
      severity: 'error',
      from: { path: '^main/cli/' },
      to: { path: '^registry/', pathNot: '^registry/index\\.ts$' },
    },
    {
      name: 'rooms-by-their-index',
      severity: 'error',
      from: { path: ROOMS },
      to: { path: ROOMS, pathNot: ['^main/$1/', '^main/[^/]+/index\\.ts$', DOORS] },
    },
    {
      name: 'entries-use-rooms-by-their-index',
      severity: 'error',
      from: { path: '^main/[^/]+\\.ts$' },
      to: { path: ROOMS, pathNot: ['^main/[^/]+/index\\.ts$', '^main/shell/'] },
    },
    {
      name: 'rooms-do-not-know-who-composes-them',
      severity: 'error',
      from: { path: ROOMS, pathNot: '^main/(core|shell|cli)/' },
      to: { path: '^main/(core|shell|cli)/' },
    },
    { name: 'core-does-not-know-its-shells', severity: 'error', from: { path: '^main/core/' }, to: { path: '^main/(shell|cli)/' } },
    {
      name: 'electron-in-the-shell-only',
      severity: 'error',
      from: { path: '^(main|shared|registry|renderer)/', pathNot: ['^main/shell/', '^main/(index|preload)\\.ts$'] },
      to: { path: '(^|node_modules/)electron(/|$)' },
    },
    { name: 'nothing-imports-tests', severity: 'error', from: { pathNot: '^test/' }, to: { path: '^test/' } },
    { name: 'no-unresolved', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'no-development-dependencies-outside-the-bundle',
      comment:
        'What the processes import at run time must be installed with the program; the thread that reads documents is built with all it needs.',
      severity: 'error',
      from: { path: '^(main|registry)/', pathNot: ['^main/(index|preload)\\.ts$', '^main/shell/', '^main/documents/worker/'] },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.css'],
    },
  },
};
