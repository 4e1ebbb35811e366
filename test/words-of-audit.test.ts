/** Every action that the audit keeps has words for people, in the pages. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { auditWords } from '../src/base/sentences/audit-words.js';

const sources = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
  .map((file) => readFileSync(join('src', file), 'utf8'))
  .join('\n');

/** Where something is noted, or carried out by what notes it. */
const noting =
  /\b(?:audit|edited|changeFlow|changed|noteByHub|signedIn)\(\s*(?:(?:context|tx|asked),\s*)?'([a-z]+[A-Z]\w+)'/g;

describe('actions of the audit', () => {
  const actions = [...new Set([...sources.matchAll(noting)].map(([, action]) => action!))];

  it('are found in the code', () => {
    expect(actions.length).toBeGreaterThan(50);
    expect(actions).toEqual(
      expect.arrayContaining(['flowPause', 'flowSuspend', 'mappingPublish', 'userSave', 'signIn']),
    );
  });

  it('have words', () => {
    expect(actions.filter((action) => !(action in auditWords))).toEqual([]);
    expect(Object.keys(auditWords).filter((action) => !actions.includes(action))).toEqual([]);
  });
});
