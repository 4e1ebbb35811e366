/** What is loaded as a CSV file, for spreadsheets. Cells that a spreadsheet would take for a formula begin with an apostrophe. */
import type { ActivityRowFragment } from '../../graph/graphql.ts';

const columns = [
  'id',
  'occurredAt',
  'outcome',
  'action',
  'entityType',
  'entityLabel',
  'summary',
  'source',
  'target',
  'durationMs',
] as const;

function cell(value: string | number | null | undefined): string {
  if (typeof value === 'number') return String(value);
  const text = value ?? '';
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export function csvOf(rows: readonly ActivityRowFragment[]): string {
  const lines = rows.map((row) => {
    const flat = { ...row, source: row.source?.name, target: row.target?.name };
    return columns.map((column) => cell(flat[column])).join(',');
  });
  return [columns.join(','), ...lines].join('\r\n');
}

/** Hands a file to the person. The mark at its beginning tells spreadsheets that it is UTF-8. */
export function download(name: string, text: string): void {
  const address = URL.createObjectURL(new Blob(['\uFEFF', text], { type: 'text/csv;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
