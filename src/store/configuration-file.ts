/** All that people have configured, as it is published, for writing it into a file and for comparing a file with it. */
import type { Document } from '../base/document.js';
import type { FlowEntity } from '../canonical/entities.js';
import type { FieldOwner } from '../canonical/ownership.js';
import type { MappingDefinition, ValueListBody, ValueListKind } from '../mapping/mapping.js';
import { listChannels, lockChannels, type AlertChannelRow } from './alert-channels.js';
import { listRules, lockRules, type AlertRuleRow } from './alert-rules.js';
import { listSchedules, type ComparisonSchedule } from './comparisons.js';
import type { SystemRow } from './configuration.js';
import type { Query, Tx } from './database.js';
import { loadFieldOwners } from './field-owners.js';
import { listChoices, namesOfOwn, type MappingChoice } from './mapping-use.js';
import { listEdited, type Edited } from './versions.js';

export interface FileFlowRow {
  readonly key: string;
  readonly name: string;
  readonly entity: FlowEntity;
  readonly source: string;
  readonly target: string;
  readonly pollEveryMs: number;
  readonly settings: Document;
  readonly version: number;
}
export interface FileListRow {
  readonly key: string;
  readonly name: string;
  readonly kind: ValueListKind;
  readonly version: number;
  readonly body: ValueListBody;
  readonly hasDraft: boolean;
}
export interface FileMappingRow extends Edited<MappingDefinition> {
  /** Null: it came with its connector. */
  readonly name: string | null;
}
export interface PublishedRows {
  readonly systems: readonly SystemRow[];
  readonly flows: readonly FileFlowRow[];
  readonly fieldOwners: readonly FieldOwner[];
  readonly mappings: readonly FileMappingRow[];
  readonly choices: readonly MappingChoice[];
  readonly valueLists: readonly FileListRow[];
  readonly comparisons: readonly ComparisonSchedule[];
  readonly alertChannels: readonly AlertChannelRow[];
  readonly alertRules: readonly AlertRuleRow[];
}

/** Until the transaction ends nobody else changes any of it, nor holds a row of it; reading goes on. */
export async function lockPublished(tx: Tx): Promise<void> {
  await tx.query(
    'lock table system, flow, field_owner, mapping, mapping_choice, value_list, comparison_schedule in exclusive mode',
  );
  // Row by row: alerts begin and end meanwhile, and their rows hold on to the rules and channels.
  await lockRules(tx);
  await lockChannels(tx);
}

/** All of one moment. */
export async function readPublished(tx: Tx): Promise<PublishedRows> {
  await tx.query('set transaction isolation level repeatable read read only');
  return selectPublished(tx);
}

/** The same in a transaction that has `lockPublished`. */
export async function selectPublished(query: Query): Promise<PublishedRows> {
  const systems = await query.query<SystemRow & Record<string, unknown>>(
    'select id, key, connector, name, settings, secrets, status, version from system order by key',
  );
  const flows = await query.query<FileFlowRow & Record<string, unknown>>(
    `select key, name, entity, source, target, poll_every_ms as "pollEveryMs", settings, version from flow order by key`,
  );
  const valueLists = await query.query<FileListRow & Record<string, unknown>>(
    `select l.key, l.name, l.kind, v.version, v.body, l.draft is not null as "hasDraft"
     from value_list l
     join value_list_version v on v.value_list = l.key and v.version = l.published_version
     order by l.key`,
  );
  const fieldOwners = await loadFieldOwners(query);
  const names = await namesOfOwn(query);
  const mappings = (await listEdited(query, 'mapping')).map((row) => ({ ...row, name: names.get(row.key) ?? null }));
  const choices = await listChoices(query);
  const comparisons = await listSchedules(query);
  const alertChannels = await listChannels(query);
  return { systems, flows, fieldOwners, mappings, choices, valueLists, comparisons, alertChannels, alertRules: await listRules(query) }; // prettier-ignore
}
