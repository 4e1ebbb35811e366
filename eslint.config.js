/** What no reviewer should have to say. Formatting is Prettier's; the import table is in test/architecture.test.ts. */
import { defineConfig, globalIgnores } from 'eslint/config';
import ts from 'typescript';
import typescript from 'typescript-eslint';

/** Time, chance and identity come through base/, so that tests can decide them. */
const impure = [
  {
    selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']",
    message: 'Take a Clock (base/clock.ts).',
  },
  { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: 'Take a Clock (base/clock.ts).' },
  {
    selector: "CallExpression[callee.object.name='Math'][callee.property.name='random']",
    message: 'Chance belongs in base/.',
  },
  { selector: "CallExpression[callee.name='randomUUID']", message: 'Use newId or derivedKey (base/ids.ts).' },
  { selector: "CallExpression[callee.property.name='randomUUID']", message: 'Use newId or derivedKey (base/ids.ts).' },
];
const noDefaultExport = { selector: 'ExportDefaultDeclaration', message: 'Named exports only: one name everywhere.' };
const noEnum = { selector: 'TSEnumDeclaration', message: 'Use a union of texts.' };

/** Lines of a function without those of the functions in it: a factory may hold many short ones. */
const ownLines = {
  meta: { type: 'suggestion', schema: [{ type: 'integer' }] },
  create(context) {
    const most = context.options[0];
    const nested = [0];
    return {
      ':function': () => nested.push(0),
      ':function:exit'(node) {
        const lines = node.loc.end.line - node.loc.start.line + 1;
        const own = lines - nested.pop();
        nested[nested.length - 1] += lines - 1;
        if (own > most)
          context.report({ node, message: `The function has ${own} lines of its own; ${most} are enough.` });
      },
    };
  },
};

/**
 * No binary floats where money is calculated: bigint only. Arithmetic needs both sides to be bigint (text may be joined),
 * so a number that slips in is found by its type and not by its looks.
 */
const exactMoney = {
  meta: { type: 'problem', schema: [] },
  create(context) {
    const { program, esTreeNodeToTSNodeMap } = context.sourceCode.parserServices;
    const checker = program.getTypeChecker();
    const isKind = (node, flags) => {
      const type = checker.getTypeAtLocation(esTreeNodeToTSNodeMap.get(node));
      return (type.isUnion() ? type.types : [type]).every((each) => (each.flags & flags) !== 0);
    };
    const isBig = (node) => isKind(node, ts.TypeFlags.BigIntLike);
    const isText = (node) => isKind(node, ts.TypeFlags.StringLike);
    const say = (node, what) =>
      context.report({ node, message: `${what} may be a binary float; calculate with bigint.` });
    const check = (node, operator) => {
      if (!['+', '-', '*', '/', '%', '**'].includes(operator)) return;
      if (operator === '+' && (isText(node.left) || isText(node.right))) return;
      if (!isBig(node.left) || !isBig(node.right)) say(node, `A number calculated with ${operator}`);
    };
    return {
      BinaryExpression: (node) => check(node, node.operator),
      AssignmentExpression: (node) => check(node, node.operator.slice(0, -1)),
      Literal(node) {
        if (typeof node.value === 'number' && !Number.isInteger(node.value)) say(node, `${node.raw}`);
      },
      'UnaryExpression[operator="+"]': (node) => say(node, 'A number made by +'),
      Identifier(node) {
        const isName =
          node.parent.type === 'MemberExpression' && node.parent.property === node && !node.parent.computed;
        if (!isName && ['Number', 'Math', 'parseFloat', 'parseInt'].includes(node.name)) say(node, node.name);
        if (isName && ['toNumber', 'valueOf', 'toFixed'].includes(node.name)) say(node, node.name);
      },
    };
  },
};

export default defineConfig(
  globalIgnores(['web/dashboard/graph/', 'dist*/', 'coverage/', '.koppel/', 'node_modules/']),
  {
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-constant-condition': ['error', { checkLoops: false }],
      'no-control-regex': 'error',
      'no-debugger': 'error',
      'no-duplicate-case': 'error',
      'no-else-return': 'error',
      'no-fallthrough': 'error',
      'no-self-compare': 'error',
      'no-template-curly-in-string': 'error',
      'no-unsafe-finally': 'error',
      'no-unused-labels': 'error',
      'no-useless-rename': 'error',
      'no-var': 'error',
      'object-shorthand': 'error',
      'prefer-const': 'error',
      'max-lines': ['error', { max: 300 }],
    },
  },
  {
    files: ['**/*.ts', '**/*.tsx'],
    plugins: { koppel: { rules: { 'own-lines': ownLines, 'exact-money': exactMoney } } },
    extends: [typescript.configs.recommendedTypeChecked, typescript.configs.stylistic],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-floating-promises': ['error', { ignoreVoid: true }],
      '@typescript-eslint/consistent-type-imports': [
        'error',
        { fixStyle: 'separate-type-imports', disallowTypeAnnotations: false },
      ],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/explicit-module-boundary-types': 'off', // Inferred types of small factories are their documentation.
      '@typescript-eslint/require-await': 'off', // Implementations of asynchronous ports need not wait for anything.
      '@typescript-eslint/consistent-type-definitions': 'off', // Open documents are types, contracts are interfaces.
      '@typescript-eslint/consistent-indexed-object-style': 'off', // Both forms are used where they read better.
      '@typescript-eslint/array-type': 'off', // `readonly Document[]` reads the same whatever stands in it.
      '@typescript-eslint/no-non-null-assertion': 'off', // noUncheckedIndexedAccess asks for it after a check of the length.
      '@typescript-eslint/no-base-to-string': 'off', // Values of documents are texts and numbers once the contract was checked.
      '@typescript-eslint/no-unnecessary-type-assertion': 'off', // An assertion may say what a document is where it is used.
      '@typescript-eslint/unbound-method': 'off', // Ports are plain objects; nothing here uses `this` outside of classes.
      '@typescript-eslint/no-empty-function': 'off', // Says "nothing to do" in place of () => undefined.
      'koppel/own-lines': ['error', 60],
      'no-restricted-syntax': ['error', noDefaultExport, noEnum, ...impure],
      'no-console': 'error',
    },
  },
  {
    files: ['src/canonical/{money,allocation,order-totals,order-balance,stated-order,balance-*}.ts'],
    rules: { 'koppel/exact-money': 'error' },
  },
  {
    // The composition root is one long list of what is made from what; cutting it up would hide the order.
    files: ['src/main.ts'],
    rules: { 'koppel/own-lines': 'off' },
  },
  {
    // The doors to the world: real time and real chance live here and nowhere else.
    files: ['src/base/**/*.ts', 'web/dashboard/parts/{now,formats}.ts'],
    rules: { 'no-restricted-syntax': ['error', noDefaultExport, noEnum] },
  },
  {
    // Programs for developers talk on the console and take the time of day.
    files: ['bench/**/*.ts', 'scripts/**/*.ts', 'test/**/*.ts', '**/*.test.ts'],
    rules: {
      'no-console': 'off',
      'koppel/own-lines': 'off', // A describe block is a list, not a function.
      'no-restricted-syntax': ['error', noDefaultExport, noEnum],
    },
  },
  {
    // Answers of a server are read as what they are; the expectation beside it is the check.
    files: ['test/**/*.ts', '**/*.test.ts'],
    rules: {
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
);
