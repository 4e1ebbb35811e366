/**
 * By what a record that somebody else made in a target counts as ours (e-mail): which fields, and the key that keeps two
 * records with the same values from being made at once. Values are compared whole, without regard to case and outer space:
 * systems find by parts. A company is never a person, whatever address they share. Pure.
 */
import { canonicalJson, contentHash } from '../base/content-hash.js';
import type { Document, Json } from '../base/document.js';
import type { TargetRecord } from '../systems/system.js';
import type { FlowSettings } from './configuration.js';

/** The fields by which this document may be matched; none when one of them is empty: guests are never merged. */
export function matchFields(
  record: TargetRecord,
  { order }: Pick<FlowSettings, 'order'>,
  document: Document,
): readonly string[] {
  const { matchBy } = record;
  if (matchBy === undefined || order.matchCustomersBy === 'none') return [];
  return matchBy.every((field) => comparable(document[field]) !== '') ? matchBy : [];
}

/** The key under which only one record may be made at a time; null = any number. */
export function matchKeyOf(record: TargetRecord, fields: readonly string[], document: Document): string | null {
  // A contact is found by all that it says.
  if (record.entity === 'contact') return contentHash(document);
  if (fields.length === 0) return null;
  return canonicalJson([record.kindOf?.(document) ?? null, ...fields.map((field) => comparable(document[field]))]);
}

/** Whether the found record is of the same kind and agrees in all these fields. */
export function agrees(record: TargetRecord, fields: readonly string[], document: Document, found: Document): boolean {
  if (fields.length > 0 && record.kindOf?.(document) !== record.kindOf?.(found)) return false;
  return fields.every((field) => comparable(document[field]) === comparable(found[field]));
}

/** A text as it is compared; empty for anything else. */
export function comparable(value: Json | undefined): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value).trim().toLowerCase() : '';
}
