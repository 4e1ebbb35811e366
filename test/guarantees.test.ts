/** docs/guarantees.md names files and kill points; this test keeps it true. */
import { describe, expect, it } from '@jest/globals';
import { existsSync, readFileSync } from 'node:fs';
import { failpointNames } from '../src/base/failpoint.js';

const text = readFileSync('docs/guarantees.md', 'utf8');

describe('docs/guarantees.md', () => {
  it('names only files that exist', () => {
    const files = [...text.matchAll(/`((?:src|test|bench)\/[\w./-]+)`/g)].map(([, file]) => file ?? '');
    expect(files.length).toBeGreaterThan(30);
    expect(files.filter((file) => !existsSync(file))).toEqual([]);
  });

  it('names for every guarantee what upholds it and what proves it', () => {
    const rows = text.split('\n').filter((line) => /^\| G\d/.test(line));
    expect(rows.length).toBeGreaterThan(10);
    for (const row of rows) {
      const [, , , upheld, proved] = row.split('|');
      expect({ row, upheld: /`src\//.test(upheld ?? ''), proved: /\.ts`/.test(proved ?? '') }).toEqual({
        row,
        upheld: true,
        proved: true,
      });
    }
  });

  it('lists every kill point', () => {
    const points = text
      .split('\n')
      .filter((line) => /^\| [CARP]\d/.test(line))
      .flatMap((line) => (line.split('|')[1] ?? '').trim().split(' '));
    expect(points).toEqual([...failpointNames]);
  });
});
