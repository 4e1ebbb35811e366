/** The project's own source files as text, and the imports between them, for rules about the tree. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';

/** Path from the root of the project → text. */
export type SourceTree = ReadonlyMap<string, string>;

export interface Import {
  readonly from: string;
  /** A path of the tree, or the name of a package. */
  readonly to: string;
  readonly isType: boolean;
}

/** Made by the build and not kept. */
const generated = 'web/dashboard/graph/';
const folders = ['src', 'sandbox', 'test', 'bench', 'scripts', 'web'];

export function readSourceTree(root: string): SourceTree {
  const files = new Map<string, string>();
  for (const folder of folders) {
    for (const entry of readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })) {
      const path = posix.join(folder, entry.replaceAll('\\', '/'));
      if (path.startsWith(generated)) continue;
      if (/\.m?[jt]sx?$/.test(path)) files.set(path, readFileSync(join(root, path), 'utf8'));
    }
  }
  return files;
}

const importPattern =
  /^(?:import|export)\s+(type\s)?(?:[^;'"]*?\sfrom\s+)?['"]([^'"]+)['"]|(\btypeof\s+)?\bimport\(\s*['"]([^'"]+)['"]\s*\)/gm;

export function importsOf(path: string, text: string): Import[] {
  return [...text.matchAll(importPattern)].map(([, type, named, typeOf, dynamic]) => {
    const target = named ?? dynamic ?? '';
    const to = target.startsWith('.') ? posix.join(dirname(path), target).replace(/\.js$/, '.ts') : packageName(target);
    return { from: path, to, isType: (type ?? typeOf) !== undefined };
  });
}

function packageName(specifier: string): string {
  if (specifier.startsWith('node:')) return specifier;
  return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
}

/** Chains of files that import each other in a circle, types included, each reported once. */
export function findCycles(tree: SourceTree): string[] {
  const next = new Map([...tree].map(([path, text]) => [path, importsOf(path, text).map((found) => found.to)]));
  const finished = new Set<string>();
  const cycles: string[] = [];
  const visit = (path: string, trail: readonly string[]): void => {
    const start = trail.indexOf(path);
    if (start >= 0) {
      cycles.push([...trail.slice(start), path].join(' → '));
      return;
    }
    if (finished.has(path)) return;
    for (const target of next.get(path) ?? []) if (next.has(target)) visit(target, [...trail, path]);
    finished.add(path);
  };
  for (const path of next.keys()) visit(path, []);
  return cycles;
}
