/**
 * Secrets are for the host that they were entered for: when a system's address leads to another one they are not sent there
 * before somebody has entered them again. In: the schema of the settings, the open settings before and after. Pure.
 */
import type { Document, Json } from '../base/document.js';

/** Whether an address among the settings has another scheme, host or port than before. */
export function leadsElsewhere(schema: Document, before: Document, after: Document): boolean {
  const properties = (schema['properties'] ?? {}) as Readonly<Record<string, Document>>;
  const addresses = Object.keys(properties).filter((name) => properties[name]?.['format'] === 'uri');
  return addresses.some((name) => originOf(before[name]) !== originOf(after[name]));
}

/** What is no address is compared as it stands. */
function originOf(address: Json | undefined): string {
  const text = String(address);
  return URL.canParse(text) ? new URL(text).origin : text;
}
