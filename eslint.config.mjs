import jsxA11y from 'eslint-plugin-jsx-a11y';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

const fromSettings = { object: 'process', property: 'env', message: 'Settings are read once, in libs/settings.' };
const noEnums = {
  selector: 'TSEnumDeclaration',
  message: 'Use a const array and a union: enums exist twice, as type and as value, and do not strip.',
};
/** All processes share the database's clock for dates, and measure durations with a monotonic clock (ADR 0040). */
const noMachineTime = "The time comes from the database's clock (DatabaseClock), a duration from performance.now().";

/** For the whole of our code. */
const ours = {
  // NestJS modules and migrations are classes by the framework's contract, with or without members.
  '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true }],
  // After a check that the compiler cannot follow; STYLE prefers it to a branch that can never be taken.
  '@typescript-eslint/no-non-null-assertion': 'off',
  '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
  '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
  '@typescript-eslint/consistent-type-definitions': 'off',
  // A message decorator or an empty listener says in a comment why it does nothing.
  '@typescript-eslint/no-empty-function': 'off',
  // NestJS declares its options as classes, and means their shape.
  '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
  '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
  'no-console': 'error',
  'no-restricted-properties': ['error', fromSettings],
  'no-restricted-syntax': ['error', noEnums],
};

export default tseslint.config(
  { ignores: ['**/generated/', 'dist/', 'node_modules/', '.provisor/', 'coverage/'] },
  {
    files: ['**/*.ts'],
    ignores: ['services/console/**'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { project: './tsconfig.json', tsconfigRootDir: import.meta.dirname } },
    rules: ours,
  },
  {
    files: ['services/console/src/**/*.{ts,tsx}'],
    extends: [
      tseslint.configs.strictTypeChecked,
      tseslint.configs.stylisticTypeChecked,
      reactHooks.configs.flat['recommended-latest'],
      jsxA11y.flatConfigs.strict,
    ],
    languageOptions: {
      parserOptions: { project: './services/console/tsconfig.json', tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      ...ours,
      // Their types are there for files of #contracts that the console does not use; a browser has none of them.
      'no-restricted-globals': ['error', 'process', 'Buffer', 'global', 'require', 'setImmediate', '__dirname'],
      // The router throws redirects, as its documentation has it.
      '@typescript-eslint/only-throw-error': 'off',
    },
  },
  {
    files: ['**/*.test.ts', '**/testing/**/*.ts'],
    rules: {
      // Tests look into JSON answers and foreign objects; what they assert is the check.
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
    },
  },
  {
    files: ['libs/**/*.ts', 'services/{executor,registry}/src/**/*.ts'],
    ignores: ['**/*.test.ts', '**/testing/**'],
    rules: {
      'no-restricted-properties': ['error', fromSettings, { object: 'Date', property: 'now', message: noMachineTime }],
      'no-restricted-syntax': [
        'error',
        noEnums,
        { selector: 'NewExpression[callee.name="Date"][arguments.length=0]', message: noMachineTime },
      ],
    },
  },
  {
    files: [
      'libs/settings/**/*.ts',
      // The one place of the command line, and the environment of a script.
      'cli/src/main.ts',
      'sdk/src/script/run-once.ts',
      '{tools,bench,test}/**/*.ts',
      '**/*.test.ts',
      '**/testing/**/*.ts',
    ],
    rules: { 'no-restricted-properties': 'off' },
  },
  {
    files: ['tools/**/*.ts', 'bench/**/*.ts'],
    // Commands talk to a person at a terminal.
    rules: { 'no-console': 'off' },
  },
);
