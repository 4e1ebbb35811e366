/** The page that a system has for a record. In: an identity. Out: its address by the template that people have set, or null. */
import { needsNumber, pageAddress } from '../base/page-template.js';
import { entityTypes } from '../schema/entity-words.js';
import type { ExternalReference } from '../schema/sync-status.js';
import { typeOfId } from '../schema/syncable.js';
import { accessOfType } from './access.js';
import type { Context } from './context.js';

/** Null also when the caller may not see the record: an address has its codes. */
export async function pageOf(context: Context, reference: ExternalReference): Promise<string | null> {
  const { canonicalId, externalId, alternateKeys } = reference;
  // Of a record that was only mentioned the system's id is not known.
  if (!accessOfType(context.caller, typeOfId(canonicalId)) || externalId.startsWith('key:')) return null;
  const template = await templateOf(context, reference);
  if (template === null) return null;
  const number = needsNumber(template) ? await numberOf(context, canonicalId) : null;
  return pageAddress(template, { id: externalId, code: alternateKeys[0] ?? null, number });
}

async function templateOf(context: Context, reference: ExternalReference): Promise<string | null> {
  const system = await context.reads.systemByKey(reference.systemKey);
  const connector = context.connectors().find(({ key }) => key === system?.connectorKind);
  const meant = connector?.pages.filter(({ entity }) => entityTypes[entity] === reference.entityType) ?? [];
  // Most systems have set none, and then nothing more is asked.
  const set = meant.filter(({ setting }) => typeof system?.settings[setting] === 'string');
  if (system === null || set.length === 0) return null;
  const type = set.some(({ types }) => types !== undefined) ? await orderType(context, reference.canonicalId) : null;
  const page = set.find(({ types }) => types === undefined || (type !== null && types.includes(type)));
  return page === undefined ? null : (system.settings[page.setting] as string);
}

const orderType = async ({ reads }: Context, id: string): Promise<string | null> =>
  (await reads.load.order.load(id))?.type ?? null;

async function numberOf({ reads }: Context, id: string): Promise<string | null> {
  switch (typeOfId(id)) {
    case 'Order':
      return (await reads.load.order.load(id))?.number ?? null;
    case 'Customer':
      return (await reads.load.customer.load(id))?.number ?? null;
    default:
      return null;
  }
}
