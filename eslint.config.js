import eslint from '@eslint/js';
import jsxA11y from 'eslint-plugin-jsx-a11y';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

const ELECTRON = { name: 'electron', message: 'Only main/shell, main/index.ts and main/preload.ts know Electron.' };
/** These set styles by script, which our policy forbids; see the notes of the component library. */
const MANTINE_LAYOUT = {
  name: '@mantine/core',
  importNames: ['AppShell', 'Grid', 'SimpleGrid', 'Flex'],
  message: 'This part writes a <style> element, which the content security policy blocks.',
};
/** Electron's ICU has no Kazakh data: these answer in English there and in Kazakh in a test under Node. */
const KAZAKH_BY_INTL = [
  {
    selector:
      "NewExpression[callee.object.name='Intl'][callee.property.name=/^(DateTimeFormat|NumberFormat|RelativeTimeFormat|ListFormat|DisplayNames|Collator)$/]",
    message: 'Electron has no Kazakh data for Intl: use the formats of kk-format.',
  },
  {
    selector: 'CallExpression[callee.property.name=/^(localeCompare|toLocaleString|toLocaleDateString|toLocaleTimeString)$/]',
    message: 'Electron has no Kazakh data: use the formats of kk-format.',
  },
];
const DEFAULT_EXPORT = { selector: 'ExportDefaultDeclaration', message: 'Named exports only: a name is found by searching for it.' };

const code = ['main/**/*.ts', 'shared/**/*.ts', 'registry/**/*.ts', 'renderer/**/*.{ts,tsx}', 'test/**/*.{ts,tsx}'];

export default tseslint.config(
  { ignores: ['node_modules', 'build', 'dist', 'out', 'test-results', 'playwright-report', 'resources'] },
  eslint.configs.recommended,
  {
    files: ['**/*.mjs', '**/*.cjs', '*.js'],
    languageOptions: {
      globals: {
        Buffer: 'readonly',
        console: 'readonly',
        exports: 'writable',
        module: 'writable',
        process: 'readonly',
        require: 'readonly',
        setInterval: 'readonly',
        clearInterval: 'readonly',
        setTimeout: 'readonly',
        URL: 'readonly',
      },
    },
  },
  {
    files: [...code, '*.config.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      // a number, an id or an error in a text is what was meant
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      // `return send(…)` ends a branch
      '@typescript-eslint/no-confusing-void-expression': 'off',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      // an implementation of an asynchronous interface need not wait for anything itself
      '@typescript-eslint/require-await': 'off',
      // bytes of hostile files meet the code at run time, whatever their types promise
      '@typescript-eslint/no-unnecessary-condition': 'off',
      // every index may be undefined for the compiler; where the bounds are known, `!` says so
      '@typescript-eslint/no-non-null-assertion': 'off',
      // a row or a setting has the type that its reader names
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
    },
  },
  {
    files: code,
    rules: {
      'no-restricted-imports': ['error', { paths: [ELECTRON, MANTINE_LAYOUT] }],
      'no-restricted-syntax': ['error', DEFAULT_EXPORT, ...KAZAKH_BY_INTL],
    },
  },
  {
    files: ['main/index.ts', 'main/preload.ts', 'main/shell/**/*.ts'],
    rules: { 'no-restricted-imports': ['error', { paths: [MANTINE_LAYOUT] }] },
  },
  {
    files: ['**/kk-format*.ts', 'test/**/*.{ts,tsx}'],
    rules: { 'no-restricted-syntax': ['error', DEFAULT_EXPORT] },
  },
  {
    files: ['test/**/*.{ts,tsx}'],
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
      // a row or a setting has the type that its reader names
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
  {
    files: ['renderer/**/*.{ts,tsx}'],
    extends: [jsxA11y.flatConfigs.strict, reactHooks.configs.flat['recommended-latest'] ?? reactHooks.configs.flat.recommended],
  },
);
