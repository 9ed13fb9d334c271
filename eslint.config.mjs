import tseslint from 'typescript-eslint';

const rules = {
  '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
  '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
  '@typescript-eslint/consistent-type-imports': 'error',
  '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
  'no-console': 'error',
};

export default tseslint.config(
  { ignores: ['node_modules/**', '**/dist/**', '.cache/**', '**/*.cjs', '**/*.js', '**/*.mjs', '**/vite.config.mts'] },
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        project: ['./tsconfig.check.json', './static/admin/tsconfig.json'],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules,
  },
  {
    // Commands print to the terminal; tests use stand-in functions that need not await.
    files: ['dev/**/*.ts', 'test/**/*.ts'],
    rules: { 'no-console': 'off', '@typescript-eslint/require-await': 'off' },
  },
);
