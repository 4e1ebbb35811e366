/**
 * Deciding a batch in memory: each change sees what the ones before it have made of the records. A change counts as a whole:
 * when one of its drafts is refused, none of them takes effect. Pure.
 */
import { decide, type Decision } from './decide.js';
import type { CanonicalEntity } from './entities.js';
import { resolveMentions, type Draft, type Identities } from './identity.js';
import { mayWrite, originOf, type Ownership } from './ownership.js';
import type { CanonicalRecord } from './record.js';

export interface DraftedChange {
  readonly main: Draft;
  readonly variants: readonly Draft[] | null;
  readonly seenAt: string;
}

export interface Decided {
  readonly entity: CanonicalEntity;
  readonly externalId: string;
  readonly decision: Exclude<Decision, { type: 'refused' }>;
}

export type ChangeDecision =
  | { readonly type: 'decided'; readonly decisions: readonly Decided[] }
  | { readonly type: 'refused'; readonly path: string; readonly reason: string }
  | { readonly type: 'ambiguous'; readonly key: string };

export interface Workspace {
  decide(drafted: DraftedChange): ChangeDecision;
  /** Records that hold something else than when they were loaded, with the version that they had then (0 = none). */
  changed(): readonly { readonly record: CanonicalRecord; readonly expected: number }[];
}

export function makeWorkspace(input: {
  readonly system: string;
  readonly rows: readonly CanonicalRecord[];
  readonly identities: Identities;
  readonly ownership: Ownership;
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

  const decideDraft = (draft: Draft, seenAt: string): Decision => {
    const { canonicalId } = identities.of(draft.entity, draft.externalId);
    const fields = resolveMentions(draft, identities);
    const proposal = { entity: draft.entity, system, fields, cleared: draft.cleared, seenAt };
    return decide(records.get(canonicalId) ?? null, canonicalId, proposal, ownership);
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
      const decisions: Decided[] = [];
      for (const [index, draft] of [drafted.main, ...(drafted.variants ?? [])].entries()) {
        const key = identities.ambiguous(draft.entity, draft.externalId);
        if (key !== undefined) return { type: 'ambiguous', key };
        const decision = decideDraft(draft, drafted.seenAt);
        if (decision.type === 'refused') {
          const path = index === 0 ? decision.path : `variants.${index - 1}.${decision.path}`;
          return { type: 'refused', path, reason: decision.reason };
        }
        decisions.push({ entity: draft.entity, externalId: draft.externalId, decision });
      }
      if (drafted.main.entity === 'product') decisions.push(...decideAbsent(drafted));
      for (const { decision } of decisions) {
        if (decision.type !== 'created' && decision.type !== 'updated') continue;
        put(decision.record);
        changed.add(decision.record.id);
      }
      return { type: 'decided', decisions };
    },
    changed: () =>
      [...changed].flatMap((id) => {
        const record = records.get(id);
        return record === undefined ? [] : [{ record, expected: expected.get(id) ?? 0 }];
      }),
  };
}
