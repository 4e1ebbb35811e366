/** What becomes of records of the past once other rules are in use: problems are tried again, records are looked at again. */
import type { Mapping } from '../schema/mapping.js';
import type { MappingPublishPayload } from '../schema/mapping-inputs.js';
import type { UserError } from '../schema/payloads.js';
import type { AfterPublish } from '../schema/versions.js';
import type { Context } from './context.js';
import { replayRemedied } from './problem-commands.js';

const mostReplayed = 10_000;

interface Done {
  readonly mapping: Mapping | null;
  readonly userErrors: readonly UserError[];
}

/** `systems`: only what goes through these. `isShown`: somebody has seen what becomes of all records. */
export async function followUp(
  context: Context,
  { mapping, userErrors }: Done,
  then: keyof typeof AfterPublish,
  { systems, isShown = false }: { readonly systems: readonly string[]; readonly isShown?: boolean },
): Promise<MappingPublishPayload> {
  if (mapping === null || then === 'APPLY_TO_NEW') return { mapping, replayedCount: 0, backfilledCount: 0, userErrors };
  const { key, published } = mapping;
  const ids = await context.fresh().openProblemsOfMapping(published.definition, systems, mostReplayed);
  const replayedCount = await replayRemedied(context, ids);
  const backfilledCount =
    then === 'BACKFILL_CHANGED' ? await context.commands.mappings.backfill(key, { systems, isShown }) : 0;
  return { mapping, replayedCount, backfilledCount, userErrors };
}
