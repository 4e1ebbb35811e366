/** The lint rule of the money files finds every way in which a binary float could come in, leaves bigint alone, and is on for them. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');
const floats = [
  'export const share = (amount: number): number => amount / 3;',
  'export const twice = (amount: number): number => amount * 2;',
  'export const next = (amount: number): number => amount + 1;',
  'export const half = 0.5;',
  'export const read = (text: string): number => Number(text);',
  'export const parsed = (text: string): number => parseFloat(text);',
  'export const rounded = (amount: number): number => Math.round(amount);',
  'export const made = (text: string): number => +text;',
  'export const shown = (amount: number): string => amount.toFixed(2);',
  'export const anything = (amount: any): unknown => amount % 7;',
  'export const added = (amount: number): void => { amount -= 1; };',
];
const exact = ["export const fine = (cents: bigint): string => 'cents: ' + String((-cents * 100n) / 121n);"];

/** A project with nothing but the file, so that nobody waits for the types of everything else. */
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(root, 'node_modules/.koppel-lint-'));
  mkdirSync(join(folder, 'src/canonical'), { recursive: true });
  const tsconfig = { extends: join(root, 'tsconfig.json'), include: ['src'] };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(tsconfig));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Lines at which the rule speaks, by file. */
function linesFound(files: Readonly<Record<string, string>>): number[][] {
  for (const [path, text] of Object.entries(files)) writeFileSync(join(folder, path), text);
  const eslint = join(root, 'node_modules/eslint/bin/eslint.js');
  const options = ['--config', join(root, 'eslint.config.js'), '--no-ignore', '--format', 'json'];
  const args = [eslint, ...options, ...Object.keys(files)];
  const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
  if (stdout === '') throw new Error(stderr);
  const results = JSON.parse(stdout) as { filePath: string; messages: { ruleId: string; line: number }[] }[];
  return Object.keys(files).map((path) => {
    const { messages } = results.find(({ filePath }) => filePath.endsWith(path))!;
    const found = messages.filter(({ ruleId }) => ruleId === 'koppel/exact-money');
    return [...new Set(found.map(({ line }) => line))];
  });
}

describe('the lint rule of the money files', () => {
  it('finds every binary float, and nothing else', () => {
    const text = `${[...floats, ...exact].join('\n')}\n`;
    const found = linesFound({ 'src/canonical/money.ts': text, 'src/canonical/names.ts': text });
    expect(found).toEqual([floats.map((_, index) => index + 1), []]);
  }, 120_000);
});
