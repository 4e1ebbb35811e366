/** The lint rule of the money files finds every way in which a binary float could come in, and leaves bigint alone. */
import { describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');

/** Lines of the text at which the rule speaks. */
function linesFound(text: string, path: string): number[] {
  const eslint = join(root, 'node_modules/eslint/bin/eslint.js');
  const args = [eslint, '--format', 'json', '--stdin', '--stdin-filename', path];
  const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: root, input: text, encoding: 'utf8' });
  if (stdout === '') throw new Error(stderr);
  const [result] = JSON.parse(stdout) as [{ messages: { ruleId: string; line: number }[] }];
  const found = result.messages.filter(({ ruleId }) => ruleId === 'koppel/exact-money');
  return [...new Set(found.map(({ line }) => line))];
}

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

describe('the lint rule of the money files', () => {
  it('finds every binary float, and nothing else', () => {
    const text = `${[...floats, ...exact].join('\n')}\n`;
    expect(linesFound(text, 'src/canonical/money.ts')).toEqual(floats.map((_, index) => index + 1));
  }, 120_000);
});
