/**
 * Stock of a system whose ids hold the SKU: when people change that, the row shows up under another id, and nothing says that the
 * former one has ended. In: what the drafts of a batch are. Out: the same, where a level that is new is the one that the system
 * has made for that variant at that place before; its former id is not known any more, so that it may mean another one later.
 */
import type { Draft, Identities, Identity } from '../canonical/identity.js';
import type { Tx } from '../store/database.js';
import type { LevelPlace } from '../store/references.js';
import type { LookUps } from './look-up.js';

export async function withRenamedLevels(
  deps: Pick<LookUps, 'references'>,
  tx: Tx,
  system: string,
  drafts: readonly Draft[],
  identities: Identities,
): Promise<Identities> {
  const levels = drafts.filter(({ entity }) => entity === 'stock_level');
  const identityOf = ({ externalId }: Draft): Identity => identities.of('stock_level', externalId);
  const placed = new Map<string, { readonly draft: Draft; readonly place: LevelPlace }>();
  for (const draft of levels) {
    const place = identityOf(draft).isNew ? placeOf(draft, identities) : undefined;
    if (place !== undefined && !placed.has(keyOf(place))) placed.set(keyOf(place), { draft, place });
  }
  const held = await deps.references.levelsAt(
    tx,
    system,
    [...placed.values()].map(({ place }) => place),
  );
  const shown = new Set(levels.map((draft) => identityOf(draft).canonicalId));
  const renamed = new Map<string, { readonly identity: Identity; readonly former: string | null }>();
  for (const level of held) {
    const draft = placed.get(keyOf(level))?.draft;
    // One that the batch shows under the id that is known is there still.
    if (draft === undefined || shown.has(level.id)) continue;
    const identity: Identity = { ...identityOf(draft), canonicalId: level.id, origin: 'MATCHED' };
    renamed.set(draft.externalId, { identity, former: level.externalId });
  }
  if (renamed.size === 0) return identities;
  const found = (entity: string, externalId: string) =>
    entity === 'stock_level' ? renamed.get(externalId) : undefined;
  return {
    ...identities,
    of: (entity, externalId) => found(entity, externalId)?.identity ?? identities.of(entity, externalId),
    overtaken: (entity, externalId) => found(entity, externalId)?.former ?? identities.overtaken(entity, externalId),
  };
}

/** Undefined when there can be no level yet, or the draft does not say where it is. */
function placeOf({ fields: { variant, location } }: Draft, identities: Identities): LevelPlace | undefined {
  if (typeof variant !== 'string' || typeof location !== 'string') return undefined;
  const [one, other] = [identities.of('variant', variant), identities.of('stock_location', location)];
  if (one.isNew || other.isNew) return undefined;
  return { variant: one.canonicalId, location: other.canonicalId };
}

const keyOf = ({ variant, location }: LevelPlace): string => `${variant} ${location}`;
