/** Rules about the tree as functions from source text to sentences; architecture.test.ts holds what they are given. */
import { importsOf, type Import, type SourceTree } from './source-tree.js';

/** What a folder may import: other folders at run time, others as types only, and packages. */
export interface Allowed {
  readonly folders: readonly string[];
  readonly types?: readonly string[];
  readonly packages?: readonly string[];
}
export type ImportTable = Readonly<Record<string, Allowed>>;

/** Exceptions: file or folder → reason. */
export type Waivers = Readonly<Record<string, string>>;

const isWaived = (path: string, waivers: Waivers): boolean =>
  Object.keys(waivers).some((waived) => path === waived || path.startsWith(`${waived}/`));

export const isTest = (path: string): boolean => path.endsWith('.test.ts');
const short = (path: string): string => path.replace(/^src\//, '');

/** The row of the table that a file belongs to: the longest folder that it lies in. */
function rowOf(path: string, table: ImportTable): string | undefined {
  const rows = Object.keys(table).filter((row) => path === row || path.startsWith(`${row}/`));
  return rows.sort((a, b) => b.length - a.length)[0];
}

export function forbiddenImports(tree: SourceTree, table: ImportTable, waivers: Waivers): string[] {
  const sentences: string[] = [];
  for (const [path, text] of tree) {
    if (!path.startsWith('src/') && !path.startsWith('sandbox/')) continue;
    if (isTest(path) || path === 'src/main.ts' || isWaived(path, waivers)) continue;
    const row = rowOf(path, table);
    const allowed = row === undefined ? undefined : table[row];
    if (row === undefined || allowed === undefined) {
      sentences.push(`${short(path)} lies in a folder that the import table does not know`);
      continue;
    }
    for (const found of importsOf(path, text)) {
      if (!mayImport(found, row, allowed, table)) {
        sentences.push(`${short(path)} may not import ${short(found.to)}${found.isType ? '' : ' at run time'}`);
      }
    }
  }
  return sentences;
}

function mayImport(found: Import, row: string, allowed: Allowed, table: ImportTable): boolean {
  if (found.to.startsWith('node:')) return true;
  if (!/^(src|sandbox|test|bench|scripts)\//.test(found.to)) return allowed.packages?.includes(found.to) === true;
  if (found.to.startsWith(`${row}/`) && rowOf(found.to, table) === row) return true;
  const within = (folders: readonly string[]): boolean =>
    folders.some((folder) => found.to === folder || found.to.startsWith(`${folder}/`));
  return within(allowed.folders) || (found.isType && within(allowed.types ?? []));
}

const emptyNames = ['utils', 'util', 'helpers', 'helper', 'common', 'misc', 'lib', 'types', 'manager', 'service'];

export function forbiddenNames(tree: SourceTree): string[] {
  return [...tree.keys()].flatMap((path) => {
    const parts = path.split('/').flatMap((part) => part.replace(/(\.test)?\.\w+$/, ''));
    const bad = parts.find((part) => emptyNames.includes(part) || emptyNames.some((name) => part.endsWith(`-${name}`)));
    const odd = path.split('/').find((part) => !/^[a-z0-9-]+(\.[a-z]+)*$/.test(part));
    if (bad !== undefined) return [`${short(path)}: the name "${bad}" says nothing`];
    return odd === undefined ? [] : [`${short(path)}: "${odd}" is not in kebab-case`];
  });
}

/** Words of one system's contract anywhere but in its own folder. */
export function foreignWords(tree: SourceTree, words: Readonly<Record<string, readonly string[]>>): string[] {
  const sentences: string[] = [];
  for (const [path, text] of tree) {
    if (!path.startsWith('src/')) continue;
    for (const [system, list] of Object.entries(words)) {
      if (path.startsWith(`src/systems/${system}/`)) continue;
      const found = list.find((word) => new RegExp(`\\b${word}\\b`, 'i').test(text));
      if (found !== undefined) sentences.push(`${short(path)} uses "${found}", a word of ${system}`);
    }
  }
  return sentences;
}

const sqlPattern =
  /['"`]\s*(?:select\s[^'"`]*\sfrom\s|select\s+\S+\(|insert\s+into\s|update\s+\w+\s+set\s|delete\s+from\s|(?:create|drop|alter)\s+(?:table|database|index)\s|with\s+\w+\s+as\s*\()/i;

export function strayStatements(tree: SourceTree, homes: readonly string[], waivers: Waivers): string[] {
  return [...tree]
    .filter(([path]) => path.startsWith('src/') && !isTest(path))
    .filter(([path]) => !homes.some((home) => path.startsWith(`${home}/`)) && !isWaived(path, waivers))
    .filter(([, text]) => sqlPattern.test(text))
    .map(([path]) => `${short(path)} contains SQL; that belongs in ${homes.map(short).join(' or ')}`);
}

export function longFiles(tree: SourceTree, most: number): string[] {
  return [...tree]
    .map(([path, text]) => ({ path, lines: text.replace(/\n$/, '').split('\n').length }))
    .filter(({ lines }) => lines > most)
    .map(({ path, lines }) => `${short(path)} has ${lines} lines; ${most} are the most`);
}

export function strayEnvironment(tree: SourceTree, homes: readonly string[]): string[] {
  return [...tree]
    .filter(([path, text]) => path.startsWith('src/') && !isTest(path) && /\bprocess\.env\b/.test(text))
    .filter(([path]) => !homes.some((home) => path === home || path.startsWith(`${home}/`)))
    .map(([path]) => `${short(path)} reads process.env; only ${homes.map(short).join(' and ')} may`);
}

export function missingHeaders(tree: SourceTree): string[] {
  return [...tree]
    .filter(([path, text]) => !isTest(path) && !/^(#!.*\n)?(\/\*\*|\/\/ )/.test(text))
    .map(([path]) => `${short(path)} does not begin with a comment that says what it is`);
}
