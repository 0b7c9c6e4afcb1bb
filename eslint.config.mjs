import js from '@eslint/js';
import tseslint from 'typescript-eslint';

/** What the scripts use of Node's globals. */
const NODE_GLOBALS = [
  'process',
  'console',
  'performance',
  'Buffer',
  'URL',
  'setImmediate',
  'setTimeout',
  'clearTimeout',
];

/** Forbids imports that match `regex`, with the reason. */
const forbid = (regex, message) => ({ regex, message });

const noTensorFlow = forbid(
  '^(@tensorflow/|@tensorflow$)',
  "Only models/backend.ts imports TensorFlow.js; take `tf` from '../backend'.",
);
const noVscode = forbid('^vscode$|^vscode-languageclient', 'Only client/ knows the editor.');
const noServer = forbid('(^|/)\\.\\.(/|.*/)server(/|$)', 'models/ does not know the server.');
const noCli = forbid('(^|/)\\.\\.(/|.*/)cli(/|$)', 'Nothing but tests imports cli/.');
const noClient = forbid('(^|/)\\.\\.(/|.*/)client(/|$)', 'Nothing but tests imports client/.');
const noModels = forbid('(^|/)\\.\\.(/|.*/)models(/|$)', 'client/ talks to the models through the server.');
const noServerButProtocol = forbid(
  '(^|/)\\.\\.(/|.*/)server/(?!protocol/)',
  'client/ shares only server/protocol with the server.',
);
const noSchemas = forbid(
  'server/protocol/wire(/|$)',
  'Schemas are for the server: they would make the extension large.',
);
const noLanguageServer = forbid('^vscode', 'models/ does not know the Language Server Protocol.');

const WITHOUT_NETWORK = ['annotations', 'formats', 'lint'].map((room) => `models/${room}/**/*.ts`);

/** What labels, formats and checks need of `models/` computes without a network. */
const noNetwork = forbid(
  '^\\.\\./(backend$|(activeLearning|embedders|nn|report|retraining|similarity|taggers|training|vocab)/)',
  'Annotations, formats and checks import no network code.',
);

/** Rooms that work below `.glossator` or look through texts unasked, but for files that look at the program's own. */
const WALLED = ['labelStore', 'labels', 'project', 'queue', 'workspace'].map(
  (room) => `server/${room}/**/*.ts`,
);
const OWN_FILES = ['labelStore/labelStore', 'labels/labelDiagnostics', 'project/projectFile'].map(
  (file) => `server/${file}.ts`,
);
const noBareFiles = forbid('^(node:)?fs(/|$)', 'Files of a workspace are reached through WorkspaceFiles.');

/** The direction of dependencies: models <- server <- cli, and server/protocol <- client. */
function direction(files, patterns, ignores = []) {
  return { files, ignores, rules: { 'no-restricted-imports': ['error', { patterns }] } };
}

export default tseslint.config(
  { ignores: ['out/', 'dist/', '.cache/', '.runs/', 'node_modules/', 'test/**/fixtures/'] },
  js.configs.recommended,
  {
    rules: {
      eqeqeq: ['error', 'always'],
      'max-lines': ['error', { max: 300, skipBlankLines: false, skipComments: false }],
      'no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'prefer-const': 'error',
    },
  },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'separate-type-imports' }],
      '@typescript-eslint/no-floating-promises': [
        'error',
        {
          allowForKnownSafeCalls: [
            { from: 'package', package: 'node:test', name: ['test', 'it', 'describe', 'suite'] },
          ],
        },
      ],
      'no-unused-vars': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      // TensorFlow.js types its results by assertion, and flags are numbers.
      '@typescript-eslint/no-unnecessary-type-assertion': 'off',
      '@typescript-eslint/no-unsafe-enum-comparison': 'off',
      '@typescript-eslint/prefer-readonly': 'error',
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true, allowNullish: false },
      ],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      'no-restricted-syntax': [
        'error',
        { selector: "TSParameterProperty[accessibility='private']", message: 'Use a #private field.' },
        { selector: "PropertyDefinition[accessibility='private']", message: 'Use a #private name.' },
        {
          selector: "MethodDefinition[accessibility='private'][kind!='constructor']",
          message: 'Use a #private name.',
        },
      ],
    },
  },
  {
    files: ['models/**/*.ts', 'server/**/*.ts'],
    ignores: ['server/guardedStdout.ts'],
    rules: { 'no-console': 'error' },
  },
  // Tables of cases may run longer.
  { files: ['test/**'], rules: { 'max-lines': ['error', { max: 400 }] } },
  direction(
    ['models/**/*.ts'],
    [noLanguageServer, noServer, noCli, noClient, noTensorFlow],
    ['models/backend.ts', ...WITHOUT_NETWORK],
  ),
  direction(WITHOUT_NETWORK, [noLanguageServer, noServer, noCli, noClient, noTensorFlow, noNetwork]),
  direction(['models/backend.ts'], [noLanguageServer, noServer, noCli, noClient]),
  direction(['server/**/*.ts'], [noVscode, noCli, noClient, noTensorFlow], ['server/protocol/**']),
  direction(WALLED, [noVscode, noCli, noClient, noTensorFlow, noBareFiles], OWN_FILES),
  direction(
    ['models/retraining/**/*.ts'],
    [noLanguageServer, noServer, noCli, noClient, noTensorFlow, noBareFiles],
    ['models/retraining/rehearsal.ts'],
  ),
  direction(['cli/**/*.ts'], [noVscode, noClient, noTensorFlow]),
  direction(
    ['server/protocol/**/*.ts'],
    [noVscode, noClient, noTensorFlow, forbid('^\\.\\./', 'server/protocol stands alone.')],
    ['server/protocol/wire/**'],
  ),
  direction(
    ['server/protocol/wire/**/*.ts'],
    [noVscode, noClient, noTensorFlow, forbid('^\\.\\./\\.\\./', 'server/protocol stands alone.')],
  ),
  direction(['client/**/*.ts'], [noModels, noCli, noServerButProtocol, noSchemas, noTensorFlow]),
  {
    files: ['**/*.mjs'],
    languageOptions: { globals: Object.fromEntries(NODE_GLOBALS.map((name) => [name, 'readonly'])) },
  },
);
