/** Links between records of the hub and records of systems, made and taken away by people. */
import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import type { UserError } from '../schema/payloads.js';
import {
  ExternalReferenceLinkInput,
  ExternalReferenceLinkPayload,
  ExternalReferenceUnlinkInput,
  ExternalReferenceUnlinkPayload,
} from '../schema/reference-inputs.js';
import { typeOfId } from '../schema/syncable.js';
import { accessOfType } from './access.js';
import type { Context } from './context.js';
import { entityOfType, type RecordKind } from './resends.js';
import { refusal, userError } from './user-errors.js';

const longestId = 200;

@Resolver()
export class ReferenceLinkResolver {
  @Mutation(() => ExternalReferenceLinkPayload, {
    description:
      'Says which record of a system a record of the hub is. The system is asked whether it has it, where it can be; then the two are compared, and what waited for the link goes on.',
  })
  async externalReferenceLink(
    @Arg('input', () => ExternalReferenceLinkInput) input: ExternalReferenceLinkInput,
    @Ctx() context: Context,
  ): Promise<ExternalReferenceLinkPayload> {
    const refused = (error: UserError): ExternalReferenceLinkPayload => ({
      externalReference: null,
      userErrors: [error],
    });
    const { entityId, systemId } = input;
    const externalId = input.externalId.trim();
    const reason = input.reason?.trim() || null;
    if (externalId === '' || externalId.startsWith('key:'))
      return refused(userError('BLANK', 'Give the id that the system itself uses.', ['externalId']));
    if (externalId.length > longestId)
      return refused(userError('TOO_LONG', `An id has at most ${longestId} characters.`, ['externalId']));
    const type = typeOfId(entityId);
    const entity = entityOfType[type ?? ''];
    const isSeen = entity !== undefined && accessOfType(context.caller, type);
    if (!isSeen || (await context.reads.node(entityId)) === null)
      return refused(userError('NOT_FOUND', `There is no record ${entityId}.`, ['entityId']));
    const system = await context.reads.system(systemId);
    if (system === null) return refused(userError('NOT_FOUND', `There is no system ${systemId}.`, ['systemId']));
    let known: string;
    try {
      const record = { system: system.key, entity, canonicalId: entityId };
      known = await context.commands.references.link(record, externalId, reason);
    } catch (thrown) {
      return refused(refusal(thrown, ['externalId']));
    }
    await context.audit('externalReferenceLink', entityId, { system: system.key, externalId: known, reason });
    const references = await context.fresh().load.references.load(entityId);
    const made = references.find((each) => each.systemKey === system.key && each.externalId === known);
    return { externalReference: made ?? null, userErrors: [] };
  }

  @Mutation(() => ExternalReferenceUnlinkPayload, {
    description:
      'Takes a wrong link away. Nothing changes in the system. The record rests there until it is linked (externalReferenceLink) or sent again (entityResync), which finds it by its key or makes it anew; what the system shows of it later is taken in as something new.',
  })
  async externalReferenceUnlink(
    @Arg('input', () => ExternalReferenceUnlinkInput) { id, reason: why }: ExternalReferenceUnlinkInput,
    @Ctx() context: Context,
  ): Promise<ExternalReferenceUnlinkPayload> {
    const refused = (error: UserError): ExternalReferenceUnlinkPayload => ({ deletedId: null, userErrors: [error] });
    const reference = await context.reads.load.reference.load(id);
    const entity = referenceEntity(reference?.canonicalId, reference?.entityType);
    if (reference === null || entity === null)
      return refused(userError('NOT_FOUND', `There is no identity ${id}.`, ['id']));
    const reason = why?.trim() || null;
    const { systemKey: system, externalId, canonicalId } = reference;
    try {
      await context.commands.references.unlink({ system, entity, externalId }, reason);
    } catch (thrown) {
      return refused(refusal(thrown, ['id']));
    }
    await context.audit('externalReferenceUnlink', canonicalId, { system, externalId, reason });
    return { deletedId: id, userErrors: [] };
  }
}

/** A contact is part of its customer and not linked by itself. */
function referenceEntity(canonicalId: string | undefined, type: string | undefined): RecordKind | null {
  return type === 'CONTACT' ? null : (entityOfType[typeOfId(canonicalId ?? '') ?? ''] ?? null);
}
