/**
 * Deciding a batch in memory: each change sees what the ones before it have made of the records. A change counts as a whole:
 * when one of its drafts is refused, none of them takes effect. Pure.
 */
import { sameJson } from '../base/content-hash.js';
import type { Document, Json } from '../base/document.js';
import { says } from '../base/says.js';
import { decide, type Decision } from './decide.js';
import type { CanonicalEntity } from './entities.js';
import { resolveMentions, type Draft, type Identities } from './identity.js';
import { withHeldVariants } from './held-lines.js';
import { replaceReferences } from './mentions.js';
import { withMergedAddresses } from './merge-addresses.js';
import { withMergedContacts } from './merge-contacts.js';
import { mayWrite, originOf, type Ownership } from './ownership.js';
import type { CanonicalRecord, Changes } from './record.js';
import { isRemembered, newsOf } from './statements.js';

export interface DraftedChange {
  readonly main: Draft;
  readonly variants: readonly Draft[] | null;
  /** What the record was before and is no longer. */
  readonly formers?: readonly Draft[];
  readonly seenAt: string;
}

export interface Decided {
  readonly entity: CanonicalEntity;
  readonly externalId: string;
  readonly decision: Exclude<Decision, { type: 'refused' }>;
}

export type ChangeDecision =
  | {
      readonly type: 'decided';
      readonly decisions: readonly Decided[];
      /** What the system has said last of the main record; null when that is not kept. */
      readonly shown: Document | null;
      /** The same of the variants that came with it, by external id. */
      readonly shownOfParts: ReadonlyMap<string, Document>;
    }
  | { readonly type: 'refused'; readonly path: string; readonly reason: string }
  | { readonly type: 'ambiguous'; readonly key: string }
  /** It carries the mark of a record that is `other` in the same system. */
  | { readonly type: 'duplicate'; readonly other: string };

export interface Workspace {
  decide(drafted: DraftedChange): ChangeDecision;
  /** What follows from records having turned out to be others: loaded records that mention them name the others now. */
  merge(): readonly Decided[];
  /** Records that hold something else than when they were loaded, with the version that they had then (0 = none). */
  changed(): readonly { readonly record: CanonicalRecord; readonly expected: number }[];
}

export function makeWorkspace(input: {
  readonly system: string;
  readonly rows: readonly CanonicalRecord[];
  readonly identities: Identities;
  readonly ownership: Ownership;
  /** What the system said last of a record. */
  readonly shown?: (entity: CanonicalEntity, externalId: string) => Document | null;
}): Workspace {
  const { system, identities, ownership } = input;
  const records = new Map<string, CanonicalRecord>();
  const expected = new Map<string, number>();
  const variantsOf = new Map<string, Set<string>>();
  const changed = new Set<string>();

  const put = (record: CanonicalRecord): void => {
    const before = records.get(record.id);
    records.set(record.id, record);
    if (record.entity !== 'variant') return;
    const product = record.fields['product'] as string;
    const former = before?.fields['product'] as string | undefined;
    if (former !== undefined && former !== product) variantsOf.get(former)?.delete(record.id);
    const group = variantsOf.get(product);
    if (group === undefined) variantsOf.set(product, new Set([record.id]));
    else group.add(record.id);
  };
  for (const row of input.rows) {
    put(row);
    expected.set(row.id, row.version);
  }

  const shown = new Map<string, Document | null>();
  const shownOf = ({ entity, externalId }: Draft): Document | null =>
    shown.get(`${entity} ${externalId}`) ?? input.shown?.(entity, externalId) ?? null;

  const decideDraft = (draft: Draft, seenAt: string): { decision: Decision; shown: Document | null } => {
    const { entity } = draft;
    const { canonicalId } = identities.of(entity, draft.externalId);
    const current = records.get(canonicalId) ?? null;
    const resolved = withHeldVariants(draft, resolveMentions(draft, identities), current?.fields ?? null);
    // A record that is made new needs everything, said before or not.
    const last = shownOf(draft);
    const news = isRemembered(entity, ownership)
      ? newsOf(entity, { fields: resolved, cleared: draft.cleared }, last, ownership)
      : null;
    const said = news === null || current === null ? { fields: resolved, cleared: draft.cleared } : news;
    const held = current?.fields ?? null;
    const fields = withMergedContacts(entity, withMergedAddresses(entity, said.fields, held, last), held, last);
    const { cleared } = said;
    const decision = decide(
      current,
      canonicalId,
      { entity, system, fields, cleared, seenAt, last, composed: composedOf(said.fields, fields) },
      ownership,
    );
    return { decision, shown: news?.shown ?? null };
  };

  const rename = (): readonly Decided[] => {
    const to = new Map(identities.merges.map((merge) => [merge.from, merge.to]));
    const cause = identities.merges[0]?.draft.externalId ?? '';
    return [...records.values()].flatMap((record): readonly Decided[] => {
      const fields = replaceReferences(record.entity, record.fields, (_, id) => to.get(id) ?? id);
      if (fields === record.fields) return [];
      const decision = {
        type: 'updated',
        record: { ...record, version: record.version + 1, fields },
        changes: differences(record.fields, fields),
        conflicts: {},
      } as const;
      return [{ entity: record.entity, externalId: cause, decision }];
    });
  };

  const keep = (decisions: readonly Decided[]): void => {
    for (const { decision } of decisions) {
      if (decision.type !== 'created' && decision.type !== 'updated') continue;
      put(decision.record);
      changed.add(decision.record.id);
    }
  };

  /** Variants that the product had and that its system no longer lists are no longer for sale; nothing is deleted. */
  const decideAbsent = (drafted: DraftedChange): readonly Decided[] => {
    const { variants, main, seenAt } = drafted;
    const product = identities.of('product', main.externalId).canonicalId;
    const known = variantsOf.get(product);
    if (variants === null || known === undefined) return [];
    const listed = new Set(variants.map((draft) => identities.of('variant', draft.externalId).canonicalId));
    const decided: Decided[] = [];
    for (const id of known) {
      const record = records.get(id);
      if (listed.has(id) || record === undefined || record.fields['isActive'] === false) continue;
      if (originOf(record, 'isActive') !== system || !mayWrite(ownership, record, 'isActive', system)) continue;
      const proposal = { entity: 'variant', system, fields: { isActive: false }, cleared: [], seenAt } as const;
      const decision = decide(record, id, proposal, ownership);
      if (decision.type !== 'refused') decided.push({ entity: 'variant', externalId: main.externalId, decision });
    }
    return decided;
  };

  return {
    decide(drafted) {
      const { main } = drafted;
      const decisions: Decided[] = [];
      const other = identities.duplicateOf(main.entity, main.externalId);
      if (other !== undefined) return { type: 'duplicate', other };
      const unclear = identities.unclearMention(main);
      if (unclear !== undefined) return { type: 'ambiguous', key: unclear };
      let stated: Document | null = null;
      const shownOfParts = new Map<string, Document>();
      const formers = (drafted.formers ?? []).filter(({ entity, externalId }) =>
        records.has(identities.of(entity, externalId).canonicalId),
      );
      for (const [index, draft] of [main, ...(drafted.variants ?? []), ...formers].entries()) {
        const key = identities.ambiguous(draft.entity, draft.externalId);
        if (key !== undefined) return { type: 'ambiguous', key };
        const { decision, shown: said } = decideDraft(draft, drafted.seenAt);
        if (index === 0) stated = said;
        else if (said !== null && draft.entity === 'variant') shownOfParts.set(draft.externalId, said);
        if (decision.type === 'refused') {
          const path = index === 0 ? decision.path : `variants.${index - 1}.${decision.path}`;
          return { type: 'refused', path, reason: decision.reason };
        }
        decisions.push({ entity: draft.entity, externalId: draft.externalId, decision });
      }
      if (main.entity === 'product') decisions.push(...decideAbsent(drafted));
      keep(decisions);
      if (stated !== null) shown.set(`${main.entity} ${main.externalId}`, stated);
      for (const [externalId, said] of shownOfParts) shown.set(`variant ${externalId}`, said);
      return { type: 'decided', decisions, shown: stated, shownOfParts };
    },
    merge() {
      const renamed = identities.merges.length === 0 ? [] : rename();
      keep(renamed);
      return renamed;
    },
    changed: () =>
      [...changed].flatMap((id) => {
        const record = records.get(id);
        return record === undefined ? [] : [{ record, expected: expected.get(id) ?? 0 }];
      }),
  };
}

function differences(before: Document, after: Document): Changes {
  const changes: Record<string, readonly [Json, Json]> = {};
  for (const field of Object.keys(after)) {
    if (!sameJson(before[field], after[field])) changes[field] = [before[field] ?? null, after[field] ?? null];
  }
  return changes;
}

/** Fields that hold something else now than what the system said: it has to be told, too. */
function composedOf(said: Document, merged: Document): readonly string[] {
  return Object.keys(said).filter(
    (field) => merged[field] !== said[field] && !says(merged[field], said[field] ?? null, { mayHoldMore: true }),
  );
}
