/** How much JavaScript the browser loads before it shows the overview for the first time, packed as it goes over the wire. */
import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const folder = join('dist', 'web', 'dashboard');
const assets = join(folder, 'assets');
const budgetBytes = 200_000;
const read = (file: string): string => readFileSync(join(assets, file), 'utf8');

const largest = (files: readonly string[]): string => files.reduce((a, b) => (read(a).length < read(b).length ? b : a));

/** The file and all that it imports before it runs. */
function withImports(file: string, found = new Set<string>()): Set<string> {
  if (found.has(file)) return found;
  found.add(file);
  for (const [, imported] of read(file).matchAll(/(?:import|from)\s*["']\.\/([^"']+\.js)["']/g))
    withImports(imported!, found);
  return found;
}

describe('the first load of the dashboard', () => {
  it(`is under ${budgetBytes / 1000} kB of JavaScript`, () => {
    const [, entry] =
      /<script[^>]+src="\/assets\/([^"]+)"/.exec(readFileSync(join(folder, 'index.html'), 'utf8')) ?? [];
    expect(entry).toBeDefined();
    const files = withImports(entry!);
    const page = [...files].map(read).join('');
    // What is loaded later by itself: the page of the overview, and the largest file of words of each name that it uses.
    const later = new Set([...page.matchAll(/import\([`"']\.\/([^`"']+\.js)[`"']\)/g)].map(([, file]) => file!));
    const overview = [...later].filter((file) => read(file).includes('as OverviewPage'));
    expect(overview).toHaveLength(1);
    const words = ['common', 'overview'].map((name) => largest([...later].filter((file) => new RegExp(`as ${name}\\b`).test(read(file)) && /^(words|en|nl|fr)[.-]/.test(file)))); // prettier-ignore
    for (const file of [overview[0]!, ...words]) withImports(file, files);
    const bytes = [...files].map((file) => gzipSync(read(file), { level: 9 }).length);
    const total = bytes.reduce((sum, each) => sum + each, 0);
    process.stderr.write(`first load: ${files.size} files, ${(total / 1000).toFixed(1)} kB of JavaScript, gzipped\n`);
    expect(total).toBeLessThan(budgetBytes);
  });
});
