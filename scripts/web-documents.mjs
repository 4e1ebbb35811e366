/**
 * `node scripts/web-documents.mjs`: makes the types of the dashboard's operations from docs/schema.graphql and the .graphql files of web/dashboard, and
 * the manifest of these documents, which the hub trusts by their hash. Out: web/dashboard/graph/ (not kept in the repository).
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { Kind, parse } from 'graphql';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');
const folder = join(root, 'web', 'dashboard');
const out = join(folder, 'graph');
const schema = join(root, 'docs', 'schema.graphql');
const stamp = join(out, '.made-from');

/** Hash of what the types are made from: only documents count, so that work on pages costs nothing. */
function wanted() {
  const hash = createHash('sha256')
    .update(readFileSync(schema))
    .update(readFileSync(import.meta.filename));
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.graphql'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  for (const file of files) hash.update(`${file.slice(root.length)}\0`).update(readFileSync(file));
  return hash.digest('hex');
}

/** Makes them when what they are made from has changed. */
export async function makeWebDocuments() {
  const now = wanted();
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === now) return;
  const { generate } = await import('@graphql-codegen/cli');
  rmSync(out, { recursive: true, force: true });
  await generate(
    {
      cwd: root,
      schema,
      documents: 'web/dashboard/**/*.graphql',
      silent: true,
      errorsOnly: true,
      generates: {
        'web/dashboard/graph/': {
          preset: 'client',
          presetConfig: {
            fragmentMasking: false,
            persistedDocuments: {
              mode: 'embedHashInDocument',
              hashPropertyName: 'documentId',
              hashAlgorithm: 'sha256',
            },
          },
          config: {
            documentMode: 'string',
            useTypeImports: true,
            enumsAsTypes: true,
            skipTypename: true,
            strictScalars: true,
            immutableTypes: true,
            importExtension: '.ts',
            emitLegacyCommonJSImports: false,
            scalars,
          },
        },
      },
    },
    true,
  );
  writeFileSync(join(out, 'kinds.ts'), kindsOf(readFileSync(schema, 'utf8')));
  writeFileSync(stamp, now);
}

/** Every enum of the graph as a union of texts; codegen writes down only those that an operation takes or gives. */
function kindsOf(text) {
  const { definitions } = parse(text);
  const enums = definitions.filter(({ kind }) => kind === Kind.ENUM_TYPE_DEFINITION);
  return enums.map(({ name, values }) => `export type ${name.value} = ${values.map((one) => `'${one.name.value}'`).join(' | ')};\n`).join(''); // prettier-ignore
}

/** What scalars are in JSON. */
const scalars = {
  CountryCode: 'string',
  Currency: 'string',
  Date: 'string',
  DateTime: 'string',
  Decimal: 'string',
  Duration: 'string',
  JSON: 'unknown',
  JSONObject: 'Readonly<Record<string, unknown>>',
  Locale: 'string',
};

if (process.argv[1] === import.meta.filename) await makeWebDocuments();
