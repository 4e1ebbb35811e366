/**
 * Which words each page is loaded with: those of all its parts. A part that had to wait for its words when its answer comes would hide the whole
 * dashboard for that long, and take the focus from where somebody types. What a page loads later, by import(), waits by itself.
 */
import { expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const everywhere: readonly string[] = ['common', 'kinds'];
const quoted = (text: string): string[] => [...text.matchAll(/'(\w+)'/g)].map(([, name]) => name!);

/** The file and all that is loaded with it. */
function withImports(file: string, found = new Set<string>()): ReadonlySet<string> {
  if (found.has(file)) return found;
  found.add(file);
  for (const [, imported] of readFileSync(file, 'utf8').matchAll(
    /^(?:import|export) (?!type )[^;]*?from '(\.[^']+\.tsx?)'/gm,
  ))
    withImports(join(dirname(file), imported!), found);
  return found;
}

/** What is asked for in a file, but for what is shown without words until they are there. */
const askedIn = (file: string): string[] =>
  [...readFileSync(file, 'utf8').matchAll(/useTranslation\(([^)]*)\)/g)]
    .filter(([, how]) => !how!.includes('useSuspense: false'))
    .flatMap(([, how]) => quoted(how!));

const routes = readdirSync('web/dashboard/pages').flatMap((folder) => {
  const files = readdirSync(join('web/dashboard/pages', folder));
  return files.filter((file) => file === 'routes.ts').map((file) => join('web/dashboard/pages', folder, file));
});
const pages = routes.flatMap((from) =>
  [...readFileSync(from, 'utf8').matchAll(/lazyPage\(\(\) => import\('([^']+)'\), '(\w+)', \[([^\]]*)\]/g)].map(
    ([, file, name, words]) => ({ name: name!, file: join(dirname(from), file!), words: quoted(words!) }),
  ),
);

it('finds every page that a route loads', () => {
  const loaded = routes.flatMap((from) => readFileSync(from, 'utf8').match(/\bimport\(/g) ?? []);
  expect(loaded.length).toBeGreaterThan(30);
  expect(pages).toHaveLength(loaded.length);
});

it.each(pages)('$name is loaded with the words of its parts, and no others', ({ file, words }) => {
  const asked = new Set([...withImports(file)].flatMap(askedIn).filter((name) => !everywhere.includes(name)));
  expect([...words].sort()).toEqual([...asked].sort());
});
