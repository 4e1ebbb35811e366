/** The functions of the language of expressions, for completion: as docs/expressions.md has them. A test compares the two. */
export const signatures: readonly string[] = [
  'string.size(): int',
  'string.contains(string): bool',
  'string.startsWith(string): bool',
  'string.endsWith(string): bool',
  'string.trim(): string',
  'string.indexOf(string): int',
  'string.lastIndexOf(string): int',
  'string.substring(int): string',
  'string.substring(int, int): string',
  'string.split(string): list<string>',
  'list<string>.join(string): string',
  'string.lowerAscii(): string',
  'string.upperAscii(): string',
  'string.lower(): string',
  'string.upper(): string',
  'string.replace(string, string): string',
  'string.truncate(int): string',
  'string.padStart(int, string): string',
  'string.withoutTags(): string',
  'string.like(string): bool',
  'string.find(string): string',
  'string.replaceLike(string, string): string',
  'words(list<optional<string>>, string): string',
  'string(int): string',
  'string(bool): string',
  'string(decimal): string',
  'int(string): int',
  'decimal(string): decimal',
  'decimal(int): decimal',
  'decimal.round(int): decimal',
  'decimal.abs(): decimal',
  'decimal.addPercent(decimal): decimal',
  'decimal.removePercent(decimal): decimal',
  'list<decimal>.sum(): decimal',
  'list<decimal>.least(): decimal',
  'list<decimal>.greatest(): decimal',
  'list.size(): int',
  'list<T>.first(): optional<T>',
  'list<T>.distinct(): list<T>',
  'list<string>.sorted(): list<string>',
  'timestamp(string): timestamp',
  'timestamp.date(string): string',
  'timestamp.addDays(int): timestamp',
  'timestamp.getFullYear(): int',
];

/** What CEL has by itself. */
const macros: readonly (readonly [name: string, detail: string, isMember: boolean])[] = [
  ['has', 'has(field): bool', false],
  ['cel.bind', 'cel.bind(name, value, expression)', false],
  ['all', 'list.all(item, condition): bool', true],
  ['exists', 'list.exists(item, condition): bool', true],
  ['exists_one', 'list.exists_one(item, condition): bool', true],
  ['map', 'list.map(item, value): list', true],
  ['filter', 'list.filter(item, condition): list', true],
  ['orValue', 'optional.orValue(value)', true],
];

export interface KnownFunction {
  readonly name: string;
  readonly detail: string;
  /** Stands behind a dot. */
  readonly isMember: boolean;
}

const read = (signature: string): KnownFunction => {
  const [head = ''] = signature.split('(', 1);
  const dot = head.lastIndexOf('.');
  return { name: head.slice(dot + 1), detail: signature, isMember: dot >= 0 };
};

/** One per name and place; of those with several forms the first. */
export const knownFunctions: readonly KnownFunction[] = [
  ...signatures.map(read),
  ...macros.map(([name, detail, isMember]) => ({ name, detail, isMember })),
].filter((one, i, all) => all.findIndex(({ name, isMember }) => name === one.name && isMember === one.isMember) === i);
