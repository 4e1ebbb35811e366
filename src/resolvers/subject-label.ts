/** What people call that which an entry of the audit is about: records by name or number, what is configured by its name. */
import type { Document } from '../base/document.js';
import { isMadeForMachines } from '../base/ids.js';
import { kindWord } from '../base/sentences/event-sentence.js';
import { mappingName } from '../base/sentences/mapping-name.js';
import { said } from '../base/sentences/say.js';
import type { AuditEntry } from '../schema/audit.js';
import type { Customer } from '../schema/customer.js';
import { typeOfId } from '../schema/syncable.js';
import { accessOfType } from './access.js';
import type { Context } from './context.js';
import { displayNameOf } from '../schema/customer-shapes.js';

/** Where entries note the name or key of what they are about. */
const notedAs = ['name', 'flow', 'system', 'mapping', 'valueList'] as const;

/** Flows and systems that are still there are called as people call them now. */
function notedIn({ commands: { names }, language }: Context, detail: Document): string | null {
  const field = notedAs.find((each) => typeof detail[each] === 'string');
  if (field === undefined) return null;
  const key = detail[field] as string;
  if (field === 'system') return names.system(key);
  const named = field === 'flow' ? names.flow(key) : undefined;
  return named === undefined ? key : said(language, named);
}

/** Kinds of record whose owners are set as a whole. */
const ownable: ReadonlySet<string> = new Set(['product', 'variant', 'category', 'customer']);

/** Null when it has no name, or may not be seen. */
export async function subjectLabelOf(context: Context, { subjectId, detail }: AuditEntry): Promise<string | null> {
  const { reads, caller, language } = context;
  const type = typeOfId(subjectId);
  if (type === undefined) return ownable.has(subjectId) ? kindWord(language, subjectId) : notedIn(context, detail);
  if (!accessOfType(caller, type)) return null;
  if (type === 'Mapping') return (await labelOfMapping(context, subjectId)) ?? notedIn(context, detail);
  if (type === 'ValueMap') {
    const list = (await reads.valueLists()).find(({ id }) => id === subjectId);
    return list === undefined ? notedIn(context, detail) : said(language, list.name);
  }
  const record = await reads.node(subjectId);
  if (record === null) return notedIn(context, detail);
  if (type === 'Customer') return displayNameOf(record as Customer);
  const { name, title, sku, number, externalId } = record as Partial<Record<'name' | 'title' | 'sku' | 'number' | 'externalId', string | null>>; // prettier-ignore
  const label = name ?? title ?? sku ?? number ?? externalId ?? null;
  if (label === null || isMadeForMachines(label)) return notedIn(context, detail);
  return type === 'Flow' || type === 'Alert' ? said(language, label) : label;
}

async function labelOfMapping({ reads, commands, language }: Context, subjectId: string): Promise<string | null> {
  const row = (await reads.everMappings()).find(({ id }) => id === subjectId);
  if (row === undefined) return null;
  if (row.name !== null) return row.name;
  const { entity, published, connector } = row;
  const { direction, record } = published;
  return mappingName(language, { direction, record, entity, system: commands.names.connector(connector) });
}
