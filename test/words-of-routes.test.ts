/**
 * Which words pages and parts are loaded with: those of all that is shown in them. Whatever had to wait for its words when its answer comes would hide
 * what stands around it for that long, and take the focus from where somebody types.
 */
import { describe, expect, it } from '@jest/globals';
import { posix } from 'node:path';
import { readSourceTree } from './support/source-tree.js';

const dashboard = 'web/dashboard/';
const files = new Map([...readSourceTree('.')].filter(([path]) => path.startsWith(dashboard)));
/** Words that are there before anything is shown. */
const everywhere: ReadonlySet<string> = new Set(['common', 'kinds']);
const quoted = (text: string): string[] => [...text.matchAll(/'(\w+)'/g)].map(([, name]) => name!);

/** The file and all that is loaded with it; what is generated from the graph has no words. */
function withImports(path: string, found = new Set<string>()): ReadonlySet<string> {
  const text = files.get(path);
  if (text === undefined || found.has(path)) return found;
  found.add(path);
  for (const [, imported] of text.matchAll(/^(?:import|export) (?!type )[^;]*?from '(\.[^']+)'/gm))
    withImports(posix.join(posix.dirname(path), imported!), found);
  return found;
}

const waits = (how: string): boolean => !how.includes('useSuspense: false');
const asked = new Map(
  [...files].map(([path, text]) => [path, [...text.matchAll(/useTranslation\(([^)]*)\)/g)].map(([, how]) => how!)]),
);
const askedWith = (path: string): string[] => [
  ...new Set(
    [...withImports(path)].flatMap((each) => asked.get(each)!.filter(waits).flatMap(quoted)).filter((name) => !everywhere.has(name)), // prettier-ignore
  ),
];

const lazily = [
  /lazyPage\(\s*\(\) => import\('(?<file>[^']+)'\),\s*'(?<name>\w+)',\s*\[(?<words>[^\]]*)\]/g,
  /lazyPart\(\s*async \(\) => \(await import\('(?<file>[^']+)'\)\)\.(?<name>\w+),\s*\[(?<words>[^\]]*)\]/g,
];
const loaded = [...files].flatMap(([path, text]) =>
  lazily.flatMap((form) =>
    [...text.matchAll(form)].map(({ groups = {} }) => ({
      name: groups['name']!,
      file: posix.join(posix.dirname(path), groups['file']!),
      words: quoted(groups['words']!),
    })),
  ),
);

describe('what is loaded when it is opened', () => {
  it('is loaded with its words', () => {
    const imports = [...files]
      .filter(([path]) => !path.startsWith(`${dashboard}words/`))
      .flatMap(([, text]) => text.match(/\bimport\(/g) ?? []);
    expect(loaded.length).toBeGreaterThan(40);
    expect(loaded).toHaveLength(imports.length);
  });

  it.each(loaded)('$name: with the words of its parts, and no others', ({ file, words }) => {
    expect([...words].sort()).toEqual(askedWith(file).sort());
  });

  it('is surrounded by what needs no words of pages', () => {
    expect(withImports(`${dashboard}main.tsx`).size).toBeGreaterThan(40);
    expect(askedWith(`${dashboard}main.tsx`)).toEqual([]);
  });

  it('says which words it needs by their names', () => {
    const other = [...asked.values()]
      .flat()
      .filter((how) => waits(how) && !/^(?:'\w+'|\[(?:'\w+',? ?)+\])?$/.test(how));
    expect(other).toEqual([]);
  });
});

it('the page of one thing begins anew with another one: its address ends in an id', () => {
  const params = [...files].filter(([path]) => path.endsWith('/routes.ts')).flatMap(([, text]) => [...text.matchAll(/path: '[^']*\$(\w*)'/g)]); // prettier-ignore
  expect(params.length).toBeGreaterThan(10);
  expect(params.map(([, name]) => name!).filter((name) => !name.endsWith('Id'))).toEqual(['tab']);
});
