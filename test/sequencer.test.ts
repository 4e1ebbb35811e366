/** In which order test files run. */
import { expect, it } from '@jest/globals';
import { existsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
// @ts-expect-error: Jest loads it outside of TypeScript.
import LongestFirst, { first } from './support/sequencer.mjs';

interface Test {
  readonly path: string;
}
const long = first as readonly string[];
const cacheDirectory = resolve('no', 'such', 'folder');
const testOf = (name: string) => ({
  path: resolve(name),
  context: {
    config: { rootDir: resolve('.'), id: 'x', cacheDirectory },
    hasteFS: { getSize: (path: string) => statSync(path).size },
  },
});
const sequencer = new LongestFirst({ contexts: [], globalConfig: {} }) as {
  sort(tests: readonly Test[]): Test[];
  hasFailed(test: Test): boolean;
};

it('names only files that there are, each once', () => {
  expect(long.filter((name) => !existsSync(name))).toEqual([]);
  expect(new Set(long).size).toBe(long.length);
});

it('begins with the long ones in their order, however small their files, and loses none', () => {
  const names = ['test/graph-rules.test.ts', long[3]!, 'test/sentences.test.ts', long[0]!];
  const sorted = sequencer.sort(names.map(testOf)).map(({ path }) => path);
  expect(sorted.slice(0, 2)).toEqual([resolve(long[0]!), resolve(long[3]!)]);
  expect(new Set(sorted)).toEqual(new Set(names.map((name) => resolve(name))));
});

it('begins with what failed the last time', () => {
  const failed = resolve('test/sentences.test.ts');
  sequencer.hasFailed = ({ path }) => path === failed;
  expect(sequencer.sort([testOf(long[0]!), testOf('test/sentences.test.ts')])[0]!.path).toBe(failed);
});
