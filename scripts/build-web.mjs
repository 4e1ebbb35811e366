/**
 * `node scripts/build-web.mjs`: bundles each page under web/ into dist/web/<page>/, with names that hold the hash of what is in
 * them, and packs each text beside itself (.gz). Done in a moment when neither the sources nor the packages have changed since
 * the last time.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';

const root = resolve(import.meta.dirname, '..');
const pages = ['explorer'];
const stamp = join(root, 'dist', 'web', '.built-from');

/** Hash of everything that the bundles are made from. */
function wanted() {
  const hash = createHash('sha256');
  const sources = readdirSync(join(root, 'web'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  for (const path of [...sources, join(root, 'package-lock.json'), import.meta.filename]) {
    hash.update(`${path.slice(root.length)}\0`).update(readFileSync(path));
  }
  return hash.digest('hex');
}

async function bundle(page) {
  const { build } = await import('vite');
  await build({
    configFile: false,
    root: join(root, 'web', page),
    base: `/${page}/`,
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
  pages.every((page) => existsSync(join(root, 'dist', 'web', page, 'index.html')));
if (!isCurrent) {
  for (const page of pages) {
    await bundle(page);
    pack(page);
  }
  mkdirSync(join(root, 'dist', 'web'), { recursive: true });
  writeFileSync(stamp, now);
}
