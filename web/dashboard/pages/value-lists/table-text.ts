/** Tables as text: what spreadsheets put into the clipboard (tabs), CSV with commas or semicolons. Pure. */

/** The rows of a text; quotes as in RFC 4180. Empty lines are left out. */
export function cellsOf(text: string): readonly (readonly string[])[] {
  const separator = separatorOf(text);
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let isQuoted = false;
  const endCell = (): void => {
    row.push(cell.trim());
    cell = '';
  };
  const endRow = (): void => {
    endCell();
    if (row.some((each) => each !== '')) rows.push(row);
    row = [];
  };
  for (let i = 0; i < text.length; i++) {
    const sign = text[i]!;
    if (isQuoted) {
      if (sign !== '"') cell += sign;
      else if (text[i + 1] === '"') cell += text[++i]!;
      else isQuoted = false;
    } else if (sign === '"' && cell.trim() === '') {
      cell = '';
      isQuoted = true;
    } else if (sign === separator) endCell();
    else if (sign === '\n') endRow();
    else if (sign !== '\r') cell += sign;
  }
  endRow();
  return rows;
}

/** The sign that the first line has most of; spreadsheets use tabs. */
function separatorOf(text: string): string {
  const [line = ''] = text.trimStart().split('\n');
  const count = (sign: string): number => line.split(sign).length;
  return ['\t', ';', ','].reduce((best, sign) => (count(sign) > count(best) ? sign : best), '\t');
}

export interface Entry {
  readonly sourceValue: string;
  readonly secondKey: string | null;
  readonly targetValue: string;
}

/** Rows with the code, perhaps the second code, and what it becomes; others are counted as `bad`. A line of headings is left out. */
export function entriesIn(text: string): { readonly entries: readonly Entry[]; readonly bad: number } {
  const rows = cellsOf(text);
  const body = rows[0]?.[0]?.toLowerCase() === 'sourcevalue' ? rows.slice(1) : rows;
  const entries = body.flatMap((cells): readonly Entry[] => {
    const [sourceValue = '', second = '', third] = cells;
    const targetValue = third ?? second;
    if (cells.length > 3 || sourceValue === '' || targetValue === '') return [];
    return [{ sourceValue, secondKey: third === undefined || second === '' ? null : second, targetValue }];
  });
  return { entries, bad: body.length - entries.length };
}

export const entryKey = ({ sourceValue, secondKey }: Pick<Entry, 'sourceValue' | 'secondKey'>): string =>
  JSON.stringify([sourceValue, secondKey ?? '']);

/** A row by what it is known by. */
export const codeOf = ({
  sourceValue,
  secondKey,
}: Pick<Entry, 'sourceValue'> & { readonly secondKey?: string | null }) =>
  secondKey == null ? sourceValue : `${sourceValue} · ${secondKey}`;
