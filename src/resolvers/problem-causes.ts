/** What is asked of the causes of problems: what waits behind them, which rows lists lack, by which mapping they came about. */
import { Arg, Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import { Mapping } from '../schema/mapping.js';
import { DeadLetter, DeadLetterGroup } from '../schema/sync-event.js';
import { Syncable, typeOfId } from '../schema/syncable.js';
import { EntryProposal, MissingEntry, UnmappedValue, ValueMap } from '../schema/value-map.js';
import { accessOfType } from './access.js';
import type { Context } from './context.js';
import { shownMapping } from './mapping-shapes.js';
import { mappingUsedBy } from './used-mapping.js';
import { shownValueMap } from './value-map-shapes.js';

const mostShown = 100;

@Resolver(() => DeadLetterGroup)
export class ProblemCauseResolver {
  @FieldResolver(() => Int, {
    description: 'Records that wait for one of these, or because the hub has stopped the flow on account of them.',
  })
  blockedCount(@Root() { fingerprint }: DeadLetterGroup, @Ctx() { reads }: Context) {
    return reads.blockedByCause(fingerprint);
  }

  @FieldResolver(() => [Int], {
    description: 'How many of them failed first in each of the last 24 hours, the oldest hour first.',
  })
  trend(@Root() { fingerprint }: DeadLetterGroup, @Ctx() { reads }: Context) {
    return reads.trendOfCause(fingerprint);
  }

  @FieldResolver(() => [MissingEntry], {
    description:
      'Entries of value lists that the open ones lack and that no published list has by now, the most frequent first.',
  })
  async missingEntries(@Root() { fingerprint }: DeadLetterGroup, @Ctx() { reads }: Context) {
    const found = await reads.missingEntriesOfCause(fingerprint);
    if (found.length === 0) return [];
    const lists = await reads.valueLists();
    return found.filter(({ list, value, secondKey }) => {
      const entries = lists.find(({ key }) => key === list)?.published.entries;
      const isThere = entries?.some((each) => each.from === value && [undefined, secondKey].includes(each.secondKey));
      return entries !== undefined && isThere === false;
    });
  }
}

@Resolver(() => DeadLetter)
export class ProblemFollowersResolver {
  @FieldResolver(() => Int, { description: 'Records that wait for this one to reach its target.' })
  async blockedCount(@Root() { id }: DeadLetter, @Ctx() { reads }: Context) {
    return (await reads.blockedByProblem(id)).length;
  }

  @FieldResolver(() => [Syncable], { description: 'The first of the records that wait for this one and may be seen.' })
  async blocked(
    @Root() { id }: DeadLetter,
    @Arg('first', () => Int, { defaultValue: 10, description: 'How many at most.' }) first: number,
    @Ctx() { reads, caller }: Context,
  ) {
    const ids = (await reads.blockedByProblem(id)).filter((one) => accessOfType(caller, typeOfId(one)));
    const found = await Promise.all(ids.slice(0, Math.min(first, mostShown)).map((one) => reads.node(one)));
    return found.filter((record) => record !== null);
  }

  @FieldResolver(() => Mapping, {
    nullable: true,
    description: 'The mapping that the record goes through where it failed; null when it failed before any.',
  })
  async mapping(@Root() problem: DeadLetter, @Ctx() { reads }: Context) {
    if (problem.stage === 'capture') return null;
    const system = await reads.systemByKey(problem.systemKey);
    if (system === null) return null;
    const direction = problem.stage === 'ingest' ? 'inbound' : 'outbound';
    const rows = await reads.mappings();
    const kind = { direction, entity: problem.entityName } as const;
    const [record] = problem.recordKey.split(':');
    const ofRecord = direction === 'inbound' ? mappingUsedBy(rows, system, { ...kind, record }) : undefined;
    const row = ofRecord ?? mappingUsedBy(rows, system, kind);
    return row === undefined ? null : shownMapping(row);
  }
}

/** What else is told of a row that is missing. */
const proposalField = {
  nullable: true,
  description:
    'What it may well become, by earlier versions of the list and its other entries; null when they do not say.',
} as const;

@Resolver(() => MissingEntry)
export class MissingEntryResolver {
  @FieldResolver(() => ValueMap)
  async valueMap(@Root() { list }: MissingEntry, @Ctx() { reads }: Context) {
    return shownValueMap((await reads.valueLists()).find(({ key }) => key === list)!);
  }

  @FieldResolver(() => EntryProposal, proposalField)
  proposal(@Root() missing: MissingEntry, @Ctx() context: Context) {
    return proposalFor(context, missing);
  }
}

@Resolver(() => UnmappedValue)
export class UnmappedValueResolver {
  @FieldResolver(() => EntryProposal, proposalField)
  proposal(@Root() unmapped: UnmappedValue, @Ctx() context: Context) {
    return proposalFor(context, unmapped);
  }
}

async function proposalFor(
  { reads }: Context,
  { list, value, secondKey }: Pick<MissingEntry, 'list' | 'value' | 'secondKey'>,
): Promise<EntryProposal | null> {
  const versions = await reads.valueListVersions(list);
  for (const { version, body } of versions) {
    const meant = body.entries.filter(({ from }) => from === value);
    const entry = meant.find((each) => each.secondKey === (secondKey ?? undefined)) ?? meant.find((each) => each.secondKey === undefined); // prettier-ignore
    if (entry !== undefined) return { targetValue: entry.to, version };
  }
  const elsewhere = versions[0]?.body.entries.filter(({ from }) => from === value) ?? [];
  const targets = new Set(elsewhere.map(({ to }) => to));
  return elsewhere.length > 1 && targets.size === 1 ? { targetValue: [...targets][0]!, version: null } : null;
}
