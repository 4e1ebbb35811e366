/**
 * `node scripts/build-web.mjs`: bundles each page under web/ into dist/web/<page>/, with names that hold the hash of what is in
 * them, packs each text beside itself (.gz), and puts the manifest of the dashboard's operations into dist/web/documents.json. Done in a moment when neither the sources nor the packages have changed since
 * the last time.
 */
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { makeWebDocuments } from './web-documents.mjs';

const root = resolve(import.meta.dirname, '..');
/** Name of the folder under web/ → address under which the hub serves it. */
const pages = { dashboard: '/', explorer: '/explorer/' };
const stamp = join(root, 'dist', 'web', '.built-from');
/** Made from the documents, so it tells nothing new. */
const made = join(root, 'web', 'dashboard', 'graph');

/** Hash of everything that the bundles are made from. */
function wanted() {
  const hash = createHash('sha256');
  const sources = readdirSync(join(root, 'web'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.startsWith(made))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  const others = ['package-lock.json', 'docs/schema.graphql'].map((path) => join(root, path));
  for (const path of [...sources, ...others, import.meta.filename]) {
    hash.update(`${path.slice(root.length)}\0`).update(readFileSync(path));
  }
  return hash.digest('hex');
}

/**
 * The hub knows the documents by their hash, so that neither their texts nor those of other pages need to be in the bundle: each module that
 * imports documents gets their hashes in place.
 */
const documentsByHash = {
  name: 'documents-by-hash',
  enforce: 'pre',
  transform(code) {
    const imports = /import \{([^}]*)\} from '[^']*\/graph\/graphql\.ts';/g;
    if (!imports.test(code)) return undefined;
    return code.replaceAll(imports, (_, names) => {
      const documents = names.match(/(?<!type )\b\w+Document\b/g) ?? [];
      return documents.map((name) => `const ${name} = { __meta__: { documentId: '${hashOf(name)}' } };`).join('');
    });
  },
};

let hashes;
/** From the module that codegen has written. */
function hashOf(name) {
  hashes ??= new Map(
    [
      ...readFileSync(join(made, 'graphql.ts'), 'utf8').matchAll(
        /export const (\w+Document) = .*?"documentId":"([^"]+)"/gs,
      ),
    ].map(([, document, hash]) => [document, hash]),
  );
  if (!hashes.has(name)) throw new Error(`There is no document ${name} in ${join(made, 'graphql.ts')}.`);
  return hashes.get(name);
}

async function bundle(page) {
  const { build } = await import('vite');
  await build({
    configFile: false,
    root: join(root, 'web', page),
    base: pages[page],
    plugins: [documentsByHash],
    logLevel: 'warn',
    worker: { format: 'es' },
    build: {
      outDir: join(root, 'dist', 'web', page),
      emptyOutDir: true,
      // The packages in the bundle want their licences to go with it.
      license: { fileName: 'licenses.md' },
      target: 'es2022',
      // Fonts and icons as files of their own: the pages' policy lets nothing in by data: but pictures.
      assetsInlineLimit: 0,
      chunkSizeWarningLimit: 5_000,
      reportCompressedSize: false,
      // Directives such as "use client" mean nothing in one bundle, and the packages have hundreds of them.
      rollupOptions: { onwarn: (warning, warn) => warning.code !== 'MODULE_LEVEL_DIRECTIVE' && warn(warning) },
    },
  });
}

/** Packed once here and not at each request. */
function pack(page) {
  const folder = join(root, 'dist', 'web', page);
  for (const entry of readdirSync(folder, { recursive: true })) {
    if (!/\.(js|css|html|svg)$/.test(entry)) continue;
    const text = readFileSync(join(folder, entry));
    if (text.length > 1_000) writeFileSync(join(folder, `${entry}.gz`), gzipSync(text, { level: 9 }));
  }
}

const now = wanted();
const isCurrent =
  existsSync(stamp) &&
  readFileSync(stamp, 'utf8') === now &&
  Object.keys(pages).every((page) => existsSync(join(root, 'dist', 'web', page, 'index.html')));
if (!isCurrent) {
  await makeWebDocuments();
  for (const page of Object.keys(pages)) {
    await bundle(page);
    pack(page);
  }
  copyFileSync(join(made, 'persisted-documents.json'), join(root, 'dist', 'web', 'documents.json'));
  mkdirSync(join(root, 'dist', 'web'), { recursive: true });
  writeFileSync(stamp, now);
}
