/** The shape of the tree: who may import whom, and what may stand where. The tables here are the rule; docs only explain it. */
import { describe, expect, it } from '@jest/globals';
import * as rules from './support/architecture-rules.js';
import { findCycles, readSourceTree, type SourceTree } from './support/source-tree.js';

/** Imports go one way only. `types`: only `import type`. Nobody may import main.ts, which may import everything. */
const importTable: rules.ImportTable = {
  'src/base': { folders: [], packages: ['pino', 'big.js'] },
  'src/config': { folders: ['src/base'], packages: ['zod'] },
  'src/canonical': { folders: ['src/base'], types: ['src/schema'], packages: ['big.js'] },
  'src/mapping': {
    folders: ['src/base'],
    types: ['src/canonical', 'src/schema'],
    packages: ['big.js', '@marcbachmann/cel-js', 're2js', 'csv-parse', 'csv-stringify'],
  },
  'src/schema': {
    folders: ['src/base'],
    types: ['src/mapping'],
    packages: ['typeorm', 'type-graphql', 'graphql', 'graphql-scalars', 'reflect-metadata', 'big.js'],
  },
  'src/log': {
    folders: ['src/base', 'src/canonical'],
    types: ['src/store'],
    packages: ['pg', 'kafkajs', 'dataloader'],
  },
  'src/systems': { folders: ['src/base'], types: ['src/canonical', 'src/mapping'] },
  // The list of connectors: the one place that names them all.
  'src/systems/connectors.ts': { folders: ['src/base', 'src/systems'], types: ['src/canonical', 'src/mapping'] },
  'src/systems/mpluskassa': {
    folders: ['src/base', 'src/systems/only-or-named.ts', 'src/systems/whole-list.ts'],
    types: ['src/canonical', 'src/mapping', 'src/systems/system.ts', 'src/systems/code-words.ts'],
    packages: ['big.js'],
  },
  'src/systems/softmaat': {
    folders: ['src/base', 'src/systems/only-or-named.ts', 'src/systems/whole-list.ts'],
    types: ['src/canonical', 'src/mapping', 'src/systems/system.ts', 'src/systems/code-words.ts'],
    packages: ['big.js'],
  },
  'src/store': {
    folders: ['src/base', 'src/schema'],
    types: ['src/canonical', 'src/log', 'src/mapping'],
    packages: ['typeorm', 'pg', 'dataloader'],
  },
  // envelope.ts is the vocabulary of the log: pure, and the same for every log.
  'src/cdc': {
    folders: ['src/base', 'src/canonical', 'src/mapping', 'src/log/envelope.ts'],
    types: ['src/log', 'src/store', 'src/systems', 'src/sync'],
  },
  'src/sync': {
    folders: ['src/base', 'src/canonical', 'src/mapping', 'src/log/envelope.ts', 'src/sync/configuration-yaml.ts'],
    types: ['src/log', 'src/store', 'src/systems', 'src/cdc'],
  },
  // The one place that knows the library for configuration files.
  'src/sync/configuration-yaml.ts': { folders: ['src/base'], packages: ['yaml'] },
  // Notices what needs somebody, and tells people.
  'src/alerts': { folders: ['src/base'], types: ['src/store', 'src/schema'] },
  // The one place that knows the library for e-mail.
  'src/alerts/mail.ts': { folders: ['src/base'], types: ['src/alerts'], packages: ['nodemailer'] },
  'src/security': { folders: ['src/base', 'src/store'], types: ['src/schema'] },
  'src/resolvers': {
    folders: ['src/base', 'src/schema'],
    types: ['src/store', 'src/security', 'src/sync', 'src/log', 'src/mapping', 'src/alerts'],
    packages: ['type-graphql', 'graphql', 'reflect-metadata'],
  },
  'src/http': {
    folders: ['src/base', 'src/schema', 'src/resolvers', 'src/security', 'src/store'],
    packages: ['@apollo/server', 'graphql', 'graphql-query-complexity', 'graphql-ws', 'ws'],
  },
  'src/embedded': { folders: ['src/base'], packages: ['pg'] },
  'src/cli': { folders: ['src/base', 'src/config', 'src/embedded', 'src/store', 'src/security/set-up-token.ts'] },
  // A small composition root of its own: what the hub does with KOPPEL_DEMO=1 when it starts.
  'src/cli/install-demo.ts': {
    folders: [
      'src/base',
      'src/config',
      'src/security',
      'src/store',
      'src/sync/install.ts',
      'src/systems/connectors.ts',
    ],
  },
  'src/cli/restored.ts': {
    folders: ['src/base', 'src/cli/on-database.ts', 'src/log/change-log.ts', 'src/store', 'src/sync/restored.ts'],
  },
  // Puts the services together: knows everything, decides nothing; only main.ts may import it.
  'src/compose': {
    folders: [
      'alerts',
      'base',
      'canonical',
      'cdc',
      'config',
      'http',
      'log',
      'mapping',
      'resolvers',
      'schema',
      'security',
      'store',
      'sync',
      'systems',
    ].map((folder) => `src/${folder}`),
  },
  sandbox: { folders: ['src/base', 'src/systems/mpluskassa/soap'], packages: ['big.js'] },
};

const importWaivers: rules.Waivers = {};

/** Words of the systems' contracts: each only in its own folder (and in the sandbox, which pretends to be that system). */
const systemWords = {
  mpluskassa: [
    'syncMarker',
    'relationNumber',
    'articleNumber',
    'productNumber',
    'groupNumber',
    'turnoverGroup',
    'branchNumber',
    'stockId',
    'extraText',
    'pluNumber',
    'employeeNumber',
    'workplaceNumber',
    'customFieldList',
    'soap',
  ],
  softmaat: ['debtorId', 'contactId', 'parentSku', 'Idempotency-Key', 'manageStock', 'visibleInShop', 'taxIncluded'],
};

const statementHomes = ['src/store', 'src/log'];
const statementWaivers: rules.Waivers = {
  'src/embedded/connection.ts': 'asks and prepares a server before there is a database that a store could be over',
};

const environmentHomes = ['src/main.ts', 'src/cli'];

const tree = readSourceTree(process.cwd());

describe('the tree', () => {
  it('is read completely enough to be judged', () => {
    expect(tree.size).toBeGreaterThan(100);
    expect([...tree.keys()]).toEqual(expect.arrayContaining(['src/base/clock.ts', 'test/architecture.test.ts']));
  });

  it('has no import against the table', () => {
    expect(rules.forbiddenImports(tree, importTable, importWaivers)).toEqual([]);
  });

  it('has no circle of imports, types included', () => {
    expect(findCycles(tree)).toEqual([]);
  });

  it('has no name that says nothing', () => {
    expect(rules.forbiddenNames(tree)).toEqual([]);
  });

  it("keeps a system's words in that system's folder", () => {
    expect(rules.foreignWords(tree, systemWords)).toEqual([]);
  });

  it('keeps SQL in store, log and migrations', () => {
    expect(rules.strayStatements(tree, statementHomes, statementWaivers)).toEqual([]);
  });

  it('has no file over 300 lines', () => {
    expect(rules.longFiles(tree, 300)).toEqual([]);
  });

  it('reads the environment in main and cli only', () => {
    expect(rules.strayEnvironment(tree, environmentHomes)).toEqual([]);
  });

  it('says at the top of each file what it is', () => {
    expect(rules.missingHeaders(tree)).toEqual([]);
  });
});

describe('the rules see', () => {
  const files = (entries: Record<string, string>): SourceTree => new Map(Object.entries(entries));

  it.each([
    ['a package', `import { DataSource } from 'typeorm';`, 'resolvers/product.ts may not import typeorm at run time'],
    ['a type of a forbidden package', `import type { Pool } from 'pg';`, 'resolvers/product.ts may not import pg'],
    [
      'a type as a value',
      `import { rows } from '../store/rows.js';`,
      'resolvers/product.ts may not import store/rows.ts at run time',
    ],
    [
      'a folder above',
      `import type { X } from '../http/server.js';`,
      'resolvers/product.ts may not import http/server.ts',
    ],
    [
      'an import over several lines',
      `import {\n  a,\n} from '../cdc/capture.js';`,
      'resolvers/product.ts may not import cdc/capture.ts at run time',
    ],
    [
      'the type of a forbidden file',
      `type A = typeof import('../cdc/a.js');`,
      'resolvers/product.ts may not import cdc/a.ts',
    ],
    ['an import at run time', `const x = await import('pg');`, 'resolvers/product.ts may not import pg at run time'],
  ])('%s', (_, text, sentence) => {
    expect(rules.forbiddenImports(files({ 'src/resolvers/product.ts': text }), importTable, {})).toEqual([sentence]);
  });

  it('one system that imports another', () => {
    const bad = files({ 'src/systems/softmaat/api.ts': `import type { X } from '../mpluskassa/api.js';` });
    expect(rules.forbiddenImports(bad, importTable, {})).toEqual([
      'systems/softmaat/api.ts may not import systems/mpluskassa/api.ts',
    ]);
  });

  it('a folder that nobody has decided about', () => {
    expect(rules.forbiddenImports(files({ 'src/extras/a.ts': '' }), importTable, {})).toEqual([
      'extras/a.ts lies in a folder that the import table does not know',
    ]);
  });

  it('a circle of types', () => {
    const circle = files({
      'src/a.ts': `import type { B } from './b.js';`,
      'src/b.ts': `export type { C } from './c.js';`,
      'src/c.ts': `import { a } from './a.js';`,
    });
    expect(findCycles(circle)).toEqual(['src/a.ts → src/b.ts → src/c.ts → src/a.ts']);
  });

  it.each([
    ['src/store/utils.ts', 'store/utils.ts: the name "utils" says nothing'],
    ['src/sync/flow-manager.ts', 'sync/flow-manager.ts: the name "flow-manager" says nothing'],
    ['src/helpers/x.ts', 'helpers/x.ts: the name "helpers" says nothing'],
    ['src/store/myFile.ts', 'store/myFile.ts: "myFile.ts" is not in kebab-case'],
  ])('the name of %s', (path, sentence) => {
    expect(rules.forbiddenNames(files({ [path]: '' }))).toEqual([sentence]);
  });

  it('a foreign word, SQL, a long file, the environment and a missing header', () => {
    const bad = files({
      'src/sync/x.ts': `const sql = 'select 1 from t';\nprocess.env.X; debtorId;\n${'\n'.repeat(300)}`,
    });
    expect(rules.foreignWords(bad, systemWords)).toEqual(['sync/x.ts uses "debtorId", a word of softmaat']);
    expect(rules.strayStatements(bad, statementHomes, {})).toEqual([
      'sync/x.ts contains SQL; that belongs in store or log',
    ]);
    expect(rules.longFiles(bad, 300)).toEqual(['sync/x.ts has 302 lines; 300 are the most']);
    expect(rules.strayEnvironment(bad, environmentHomes)).toEqual([
      'sync/x.ts reads process.env; only main.ts and cli may',
    ]);
    expect(rules.missingHeaders(bad)).toEqual(['sync/x.ts does not begin with a comment that says what it is']);
  });
});
